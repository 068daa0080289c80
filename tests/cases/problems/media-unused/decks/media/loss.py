# draws loss.png
