sort elements >names.txt
