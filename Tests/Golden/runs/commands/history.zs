# The history is the prompt's; a script has none.
fails value history
fails value history 3
fails value history clear
