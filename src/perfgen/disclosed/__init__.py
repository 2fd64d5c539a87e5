"""The data that a document carries (随文件公开的数据): what it prints, for programs to read."""
