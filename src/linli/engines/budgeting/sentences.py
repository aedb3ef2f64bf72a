"""What is said to people, whole sentences in both languages. Amounts arrive ready to read."""

SENTENCES: dict[str, dict[str, str]] = {
    "bought": {
        "zh-hans": "第 {turn} 个选中，造价 {cost}。有 {votes} 人支持，钱由支持者分摊：{full} 人每人出 {price}。",
        "en": "Chosen as number {turn}, cost {cost}. {votes} people support it and share the cost: {full} paid {price} each.",
    },
    "bought_points": {
        "zh-hans": "第 {turn} 个选中，造价 {cost}。有 {votes} 人支持，钱由支持者分摊：{full} 人按自己给的分出钱，每分 {price}。",
        "en": (
            "Chosen as number {turn}, cost {cost}. {votes} people support it and share the cost: {full} paid {price} "
            "for each point they gave."
        ),
    },
    "last": {
        "zh-hans": "另有 {last} 人手里不够这个数，把剩下的都出了，一共 {rest}。",
        "en": "Another {last} had less than that and gave all they had left, {rest} together.",
    },
    "broke": {
        "zh-hans": "还有 {broke} 人的份额已经用在别的项目上了。",
        "en": "A further {broke} had already spent their share on other projects.",
    },
    "cheapest": {
        "zh-hans": "当时同样的满意度，没有项目让支持者出得比它更少，所以先选它。",
        "en": "At that point no project gave its supporters the same benefit for less money, so it came first.",
    },
    "tied": {
        "zh-hans": "它和“{others}”正好一样，按事先定好的办法（{ties}）先选它。",
        "en": "It tied exactly with {others}; as agreed beforehand, ties are decided by {ties}.",
    },
    "cost": {"zh-hans": "造价低的先", "en": "lower cost"},
    "votes_first": {"zh-hans": "票多的先", "en": "more votes"},
    "id": {"zh-hans": "编号靠前的先", "en": "smaller id"},
    "lot": {"zh-hans": "按公布的“{lot}”抽签", "en": "the published lot “{lot}”"},
    "completed": {
        "zh-hans": "第 {turn} 个选中，造价 {cost}，得 {votes} 票。按份额选完以后还有余钱，余钱按票数从多到少补选，轮到它时还够。",
        "en": (
            "Chosen as number {turn}, cost {cost}, {votes} votes. After the shares were used some money was left; it goes "
            "to the projects with most votes, and there was enough for this one."
        ),
    },
    "voted": {
        "zh-hans": "第 {turn} 个选中，造价 {cost}，得 {votes} 票。从高到低排下来，轮到它时还剩 {left}，够。",
        "en": "Chosen as number {turn}, cost {cost}, {votes} votes. When its turn came {left} was left, enough.",
    },
    "earned": {
        "zh-hans": "第 {turn} 个选中，造价 {cost}。{votes} 位支持者大家一样快地攒钱，合起来最先攒够，所以选它。",
        "en": "Chosen as number {turn}, cost {cost}. Everybody saves at the same pace; its {votes} supporters had enough first.",
    },
    "short": {
        "zh-hans": "这轮没选中。造价 {cost}，{votes} 位支持者手里一共还剩 {left}，还差 {short}。",
        "en": "Not funded this round. It costs {cost}; its {votes} supporters have {left} left together, {short} short.",
    },
    "short_budget": {
        "zh-hans": "这轮没选中。造价 {cost}，得 {votes} 票，轮到它时预算只剩 {left}，还差 {short}。",
        "en": "Not funded this round. It costs {cost} and got {votes} votes; when its turn came {left} was left, {short} short.",
    },
    "too_late": {
        "zh-hans": "这轮没选中。造价 {cost}，得 {votes} 票。还没轮到它，就有项目超出预算，计算到那里为止。",
        "en": "Not funded this round. It costs {cost} and got {votes} votes. Before its turn a project went over the budget, and there the count ends.",
    },
    "no_votes": {
        "zh-hans": "没有选中：没有人投它。",
        "en": "Not funded: nobody voted for it.",
    },
    "no_worth": {
        "zh-hans": "没有用钱选它：在这种算法里它对支持者没有可比的价值（造价或分数为零）。",
        "en": "Not bought: by this measure it is worth nothing to its supporters (its cost or its points are zero).",
    },
    "not_eligible": {
        "zh-hans": "没有参选资格：{voters} 人里有 {votes} 人投它，占 {part}；按它的造价至少要 {needed} 票。",
        "en": "Not eligible: {votes} of {voters} voters chose it, {part}; at its cost it needed {needed} votes at least.",
    },
    "plain_yes": {"zh-hans": "只按票数排，它也会选中。", "en": "Counting votes alone would have chosen it too."},
    "plain_no": {"zh-hans": "只按票数排，它选不中。", "en": "Counting votes alone would not have chosen it."},
    "plain_lost": {"zh-hans": "只按票数排，它会选中。", "en": "Counting votes alone would have chosen it."},
    "plain_never": {"zh-hans": "只按票数排，它也选不中。", "en": "Counting votes alone would not have chosen it either."},
    "share": {
        "zh-hans": "预算 {budget}，{voters} 人投票，每人名下 {share}，只用在自己投过的项目上。",
        "en": "The budget of {budget} is shared by {voters} voters, {share} each, spent only on projects they voted for.",
    },
    "raised": {
        "zh-hans": "为了把预算用足，每人名下按 {unit} 一档往上加了 {steps} 次，到 {share}；选中的总额始终不超过预算。",
        "en": "To use the budget, each share was raised by {unit} {steps} times, to {share}; what is chosen never costs more than the budget.",
    },
    "ended_exhaustive": {
        "zh-hans": "停在这里，因为剩下的钱已经放不下任何一个项目。",
        "en": "It stops here because no further project fits into what is left.",
    },
    "ended_overspend": {
        "zh-hans": "停在这里，因为再加一档就会超出预算。",
        "en": "It stops here because one step more would go over the budget.",
    },
    "ended_all bought": {
        "zh-hans": "停在这里，因为有人投的项目都选中了。",
        "en": "It stops here because everything anybody voted for is chosen.",
    },
    "ended_none": {"zh-hans": "不加份额，余钱不用。", "en": "Shares are not raised; what is left stays unspent."},
    "heading": {
        "zh-hans": "选中 {chosen} 个项目（共 {projects} 个），用去 {spent}，预算 {budget}，剩 {left}。",
        "en": "{chosen} of {projects} projects are funded. They cost {spent} of a budget of {budget}; {left} is left.",
    },
    "counted": {"zh-hans": "算法：{told}。", "en": "Rule: {told}."},
    "rule_equal-shares": {"zh-hans": "等份额法", "en": "equal shares"},
    "rule_greedy-votes": {"zh-hans": "按票数从多到少", "en": "most votes first"},
    "rule_greedy-ratio": {"zh-hans": "按每元得票从多到少", "en": "most votes (or points) per cost first"},
    "rule_phragmen": {"zh-hans": "弗拉格门法", "en": "sequential Phragmén"},
    "utility_cost": {"zh-hans": "满意度按造价算", "en": "a funded project counts by its cost"},
    "utility_cardinality": {"zh-hans": "满意度按项目个数算", "en": "each funded project counts as one"},
    "utility_borda": {"zh-hans": "满意度按名次分算", "en": "a funded project counts by its rank"},
    "utility_cumulative": {"zh-hans": "满意度按给的分算", "en": "a funded project counts by the points given"},
    "completion_none": {"zh-hans": "余钱不用", "en": "what is left stays unspent"},
    "completion_add1": {"zh-hans": "份额逐档上加", "en": "shares are raised step by step"},
    "completion_add1-greedy": {
        "zh-hans": "份额逐档上加，再按票数补选",
        "en": "shares are raised step by step, then most votes first",
    },
    "stop_exhaustive": {"zh-hans": "加到放不下别的项目为止", "en": "until nothing else fits"},
    "stop_overspend": {"zh-hans": "加到再加就超预算为止", "en": "until one step more would overspend"},
    "ties": {"zh-hans": "平局时{ties}", "en": "ties are decided by {ties}"},
    "comparison_cost": {"zh-hans": "再和只按票数排比一次（比钱）", "en": "compared with counting votes alone, by money"},
    "comparison_projects": {
        "zh-hans": "再和只按票数排比一次（比个数）",
        "en": "compared with counting votes alone, by projects",
    },
    "threshold": {
        "zh-hans": "参选门槛：得票比例至少是造价比例的 {eligible}",
        "en": "to be eligible the share of votes must be at least {eligible} of the share of the budget",
    },
    "official_same": {"zh-hans": "和官方公布的结果一样。", "en": "This equals the official result in the file."},
    "official_other": {
        "zh-hans": "官方公布的结果不同：官方多选了 {more}；少选了 {less}。",
        "en": "The official result in the file differs: it also has {more}; it lacks {less}.",
    },
    "nobody": {"zh-hans": "无", "en": "none"},
    "without": {
        "zh-hans": "有 {here} 人投的项目一个也没选中（占 {part}）；只按票数排会有 {plain} 人。",
        "en": "{here} voters ({part}) got nothing they voted for; counting votes alone it would be {plain}.",
    },
    "prefer": {
        "zh-hans": "按自己投的项目拿到的钱比：{here} 人这样更好，{plain} 人只按票数排更好。",
        "en": "By the money for their own choices, {here} voters are better off this way, {plain} by counting votes alone.",
    },
    "replaced": {
        "zh-hans": "比较这一步：只按票数排对更多人更好，所以用那个结果。",
        "en": "The comparison: counting votes alone serves more voters better, so that outcome stands.",
    },
    "claim": {
        "zh-hans": "{people} 位支持“{project}”的人，按人数份额本可以负担它，却没有得到。",
        "en": "{people} supporters of “{project}” could have paid for it with their shares and did not get it.",
    },
    "no_claims": {
        "zh-hans": "按人数算该分到的钱，没有哪一群支持者落了空。",
        "en": "No group of voters was left without what its share would have paid for.",
    },
    "chosen": {"zh-hans": "选中", "en": "funded"},
    "lost": {"zh-hans": "未选中", "en": "not funded"},
    "votes": {"zh-hans": "{votes} 票", "en": "{votes} votes"},
    "chart": {
        "zh-hans": "{chosen} 个项目选中，共 {spent}；预算 {budget}。条长是造价，实心的选中，空心的没选中。",
        "en": "{chosen} projects are funded for {spent}, of a budget of {budget}. Bars show costs: filled is funded, hollow is not.",
    },
}  # fmt: skip


def say(key: str, language: str, **values: object) -> str:
    return SENTENCES[key][language].format(**values)
