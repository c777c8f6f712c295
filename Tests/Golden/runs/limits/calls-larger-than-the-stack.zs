# A call takes so much of the stack here that 200 of them have no room.
def f n {
  retry 1 {
    retry 1 {
      retry 1 {
        retry 1 {
          retry 1 {
            retry 1 {
              retry 1 {
                retry 1 {
                  retry 1 {
                    retry 1 {
                      retry 1 {
                        retry 1 {
                          retry 1 {
                            retry 1 {
                              retry 1 {
                                retry 1 {
                                  retry 1 {
                                    retry 1 {
                                      retry 1 {
                                        retry 1 {
                                          retry 1 {
                                            retry 1 {
                                              retry 1 {
                                                retry 1 {
                                                  retry 1 {
                                                    retry 1 {
                                                      retry 1 {
                                                        retry 1 {
                                                          retry 1 {
                                                            retry 1 {
                                                              retry 1 {
                                                                retry 1 {
                                                                  retry 1 {
                                                                    retry 1 {
                                                                      retry 1 {
                                                                        retry 1 {
                                                                          retry 1 {
                                                                            retry 1 {
                                                                              retry 1 {
                                                                                retry 1 {
                                                                                  retry 1 {
                                                                                    retry 1 {
                                                                                      retry 1 {
                                                                                        retry 1 {
                                                                                          retry 1 {
                                                                                            retry 1 {
                                                                                              retry 1 {
                                                                                                retry 1 {
                                                                                                  retry 1 {
                                                                                                    retry 1 {
                                                                                                      retry 1 {
                                                                                                        retry 1 {
                                                                                                          retry 1 {
                                                                                                            retry 1 {
                                                                                                              retry 1 {
                                                                                                                retry 1 {
                                                                                                                  retry 1 {
                                                                                                                    retry 1 {
                                                                                                                      retry 1 {
                                                                                                                        retry 1 {
                                                                                                                          let x = f($n + 1) + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1
                                                                                                                        }
                                                                                                                      }
                                                                                                                    }
                                                                                                                  }
                                                                                                                }
                                                                                                              }
                                                                                                            }
                                                                                                          }
                                                                                                        }
                                                                                                      }
                                                                                                    }
                                                                                                  }
                                                                                                }
                                                                                              }
                                                                                            }
                                                                                          }
                                                                                        }
                                                                                      }
                                                                                    }
                                                                                  }
                                                                                }
                                                                              }
                                                                            }
                                                                          }
                                                                        }
                                                                      }
                                                                    }
                                                                  }
                                                                }
                                                              }
                                                            }
                                                          }
                                                        }
                                                      }
                                                    }
                                                  }
                                                }
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
try { print ${f(1)} } catch { print "$error.name: $error.message" }
task t {
  try { print ${f(1)} } catch { print "$error.name: $error.message" }
}
wait t
