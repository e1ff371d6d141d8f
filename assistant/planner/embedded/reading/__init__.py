"""What the words of a command say, before any record is looked up: names, fields, periods, lists."""
