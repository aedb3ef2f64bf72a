"""What is wrong with a file, in both languages, with the line."""


class BadFile(ValueError):
    """A file that cannot be counted. ``line`` starts at 1; 0 when it concerns the whole file."""

    def __init__(self, line: int, en: str, zh: str) -> None:
        where = (f"line {line}: ", f"第 {line} 行：") if line else ("", "")
        super().__init__(f"{where[0]}{en} / {where[1]}{zh}")
        self.line, self.en, self.zh = line, en, zh
