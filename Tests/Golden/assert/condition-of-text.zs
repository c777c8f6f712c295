assert "yes"
