"""What an image is made of, who built it and who stands for it: for people who did not."""
