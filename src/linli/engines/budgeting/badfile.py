"""What is wrong with a file, in one sentence with the number of the line."""

PARTS = {"en": "line {line}: {sentence}", "zh-hans": "第{line}行：{sentence}"}


class BadFile(ValueError):
    """A file that cannot be counted. ``line`` counts from 1; ``sentences`` has a whole sentence per language."""

    def __init__(self, line: int, zh: str, en: str) -> None:
        self.line = line
        self.sentences = {"zh-hans": zh, "en": en}
        super().__init__(f"{self.tell('en')} / {self.tell('zh-hans')}")

    def tell(self, language: str) -> str:
        return PARTS[language].format(line=self.line, sentence=self.sentences[language])
