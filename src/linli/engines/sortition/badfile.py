"""What is wrong with a file, in both languages, with its name and line."""


class BadFile(ValueError):
    """A file nobody can be drawn from. ``line`` starts at 1."""

    def __init__(self, file: str, line: int, en: str, zh: str) -> None:
        super().__init__(f"{file}, line {line}: {en} / {file} 第 {line} 行：{zh}")
        self.file, self.line, self.en, self.zh = file, line, en, zh
