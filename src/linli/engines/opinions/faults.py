"""What may be wrong with the files of a conversation: one sentence each, with the line."""

ZH = "zh-hans"
REASONS = {
    "encoding": ("不是 UTF-8，也不是 GB18030 编码的文字", "the text is neither UTF-8 nor GB18030"),
    "nul": ("含有空字符，不是文字文件", "it contains a NUL character, so it is not text"),
    "long_line": ("这一行超过 {limit} 个字符，太长了", "the line is longer than {limit} characters"),
    "table": ("表格读不下去，可能引号不成对或文件不完整", "the table cannot be read: a stray quote, or the file is cut off"),
    "json": ("不是完整的 JSON", "it is not whole JSON"),
    "shape": ("内容的样子不对，应当是一列记录", "its shape is wrong: it should be a list of records"),
    "empty": ("里面没有表头", "it has no heading"),
    "heading": ("表头里缺少或重复了“{name}”一栏", "the heading lacks the column {name!r}, or has it twice"),
    "columns": ("应当有 {wanted} 栏，却有 {found} 栏", "there should be {wanted} columns, not {found}"),
    "vote": ("表态只能是 1（同意）、0（略过）或 -1（不同意），不能是“{text}”",
             "a vote is 1 (agree), 0 (pass) or -1 (disagree), not {text!r}"),
    "number": ("“{name}”应当是整数，不能是“{text}”", "{name!r} should be a whole number, not {text!r}"),
    "moderated": ("审核结果只能是 1、0 或 -1，不能是“{text}”", "moderated is 1, 0 or -1, not {text!r}"),
    "truth": ("“{name}”只能是 true 或 false，不能是“{text}”", "{name!r} is true or false, not {text!r}"),
    "id": ("编号不能为空，也不能超过 {limit} 个字符", "an id is not empty and has at most {limit} characters"),
    "twice": ("编号 {id} 出现了两次", "the id {id} appears twice"),
    "count": ("写着 {name} = {wanted}，数出来却是 {found}", "it says {name} = {wanted}, but {found} were counted"),
    "large": ("有 {people} 人、{statements} 条意见，太多了，算不过来",
              "{people} people and {statements} statements are more than can be counted here"),
    "no_votes": ("没有一张表态", "nobody voted"),
    "no_file": ("文件夹里没有 votes.csv、participants-votes.csv 或 votes.json", "the folder has no votes.csv, participants-votes.csv or votes.json"),
}  # fmt: skip


MOST_SHOWN = 40


class BadFile(ValueError):
    """A file that cannot be counted. `line` is 1-based (of JSON: the record); `str()` says it in both languages."""

    def __init__(self, reason: str, *, file: str, line: int = 1, **details: object) -> None:
        self.reason, self.file, self.line, self.details = reason, file, line, details
        super().__init__(f"{self.sentence('en')} / {self.sentence(ZH)}")

    def sentence(self, language: str = ZH) -> str:
        chinese, english = REASONS[self.reason]
        details = {name: _shortened(value) for name, value in self.details.items()}
        by_record = self.file.endswith(".json") and self.reason != "json"
        if language == ZH:
            return f"{self.file} 第 {self.line} {'条' if by_record else '行'}：{chinese.format(**details)}。"
        return f"{self.file}, {'record' if by_record else 'line'} {self.line}: {english.format(**details)}."


def _shortened(value: object) -> object:
    """Enough of what was found to recognise it, on one line."""
    if not isinstance(value, str):
        return value
    shown = "".join(letter if letter.isprintable() else "�" for letter in value[:MOST_SHOWN])
    return f"{shown}…" if len(value) > MOST_SHOWN else shown
