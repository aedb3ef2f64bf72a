"""What every address answers to everybody, by method. An address that is not here fails the test.

A line: address, method, then ``answer: who``. A number is the status; ``in`` is a redirect to the sign-in,
``goes`` one to another page. ``rest`` is everybody not named in the line. A method without a line is answered
with 405 to everybody; HEAD is answered as GET. A POST is sent empty, so 409 and 422 mean: she may, but something
is missing; 404 and 403 mean: she may not. What lies in another community is 404, as if it did not exist.

visitor    nobody has signed in           chen, lin  the desk here, the desk of another community
wang       raised the matter              liu, he    a handler of its unit, one of another unit
li         joined it                      zhao, sun  the subdistrict, the district
mei        lives there too                qian, bai  the reviewer of exclusions, the auditor
zhang      leads the stair                root       the administrator
outsider   lives in another community
"""

from functools import cache

from tests.trust.village import EVERYBODY, RESIDENTS, STAFF

TABLE = """
web:home                  GET   200: everybody
web:sign_in               GET   200: everybody
web:sign_in               POST  200: everybody
web:sign_in_code          GET   in: everybody
web:sign_in_code          POST  200: everybody
web:sign_in_staff         GET   200: everybody
web:sign_in_staff         POST  200: everybody
web:sign_in_token         GET   in: everybody
web:sign_in_token         POST  in: everybody
web:sign_in_slip          GET   200: everybody
web:sign_in_slip          POST  200: everybody
web:sign_in_demo          GET   in: everybody
web:sign_in_demo          POST  409: everybody
web:sign_out              GET   goes: everybody
web:sign_out              POST  goes: everybody
web:language              GET   goes: everybody
web:language              POST  409: everybody
web:mode                  GET   goes: everybody
web:mode                  POST  goes: everybody
web:where                 GET   200: everybody
web:where                 POST  409: everybody
web:keys                  GET   goes: everybody
web:keys                  POST  in: visitor; goes: rest
web:search                GET   in: visitor; 200: rest
web:mine                  GET   in: visitor; 200: rest
web:inbox                 GET   in: visitor; 200: rest
web:inbox_read            GET   goes: everybody
web:inbox_read            POST  in: visitor; goes: rest
web:me                    GET   in: visitor; 200: rest
web:my_phone              GET   in: visitor; 200: rest
web:export                GET   in: visitor; 200: rest
web:consents              GET   in: visitor; 200: rest
web:agree                 GET   goes: everybody
web:agree                 POST  in: visitor; 404: rest
web:withdraw              GET   goes: everybody
web:withdraw              POST  in: visitor; goes: rest
web:out_everywhere        GET   goes: everybody
web:out_everywhere        POST  in: visitor; 409: rest
web:forget                GET   in: visitor; 200: rest
web:forget                POST  in: visitor; 409: rest
web:password              GET   in: visitor; 403: residents; 200: staff
web:password              POST  in: visitor; 403: residents; 200: staff
web:authenticator         GET   in: visitor; 403: residents; 200: staff
web:authenticator         POST  in: visitor; 403: residents; 200: staff
web:mandates              GET   in: visitor; 200: rest
web:mandate_give          GET   goes: everybody
web:mandate_give          POST  in: visitor; 409: rest
web:mandate_agree         GET   goes: everybody
web:mandate_agree         POST  in: visitor; 409: wang; goes: li; 404: rest
web:mandate_end           GET   goes: everybody
web:mandate_end           POST  in: visitor; goes: wang li; 404: rest
web:mandate_paper         GET   in: visitor; 200: chen; 404: rest
web:mandate_paper         POST  in: visitor; 200: chen; 404: rest
web:mandate_paper_end     GET   goes: everybody
web:mandate_paper_end     POST  in: visitor; 404: rest
web:openings              GET   in: visitor; 403: wang li mei zhang outsider; 200: rest
web:opening_decide        GET   goes: everybody
web:opening_decide        POST  in: visitor; 409: chen zhao sun; 404: rest
web:file                  GET   200: wang chen liu zhao sun qian bai; 404: rest
web:help                  GET   200: everybody
web:privacy               GET   200: everybody
web:rules                 GET   200: everybody
web:accessibility         GET   200: everybody
web:setup                 GET   404: everybody
web:setup                 POST  404: everybody
web:settings              GET   in: visitor; 200: root; 403: rest
web:settings_gaps         GET   in: visitor; 200: root; 403: rest
web:settings_place        GET   in: visitor; 200: root; 404: rest
web:settings_building     GET   goes: everybody
web:settings_building     POST  in: visitor; 409: root; 404: rest
web:settings_close        GET   goes: everybody
web:settings_close        POST  in: visitor; 409: root; 404: rest
web:settings_add_body     GET   goes: everybody
web:settings_add_body     POST  in: visitor; 409: root; 404: rest
web:settings_body         GET   in: visitor; 200: root; 404: rest
web:settings_add_post     GET   goes: everybody
web:settings_add_post     POST  in: visitor; 409: root; 404: rest
web:settings_appoint      GET   goes: everybody
web:settings_appoint      POST  in: visitor; 409: root; 404: rest
web:settings_end          GET   goes: everybody
web:settings_end          POST  in: visitor; goes: root; 404: rest
web:settings_roles        GET   in: visitor; 200: root; 403: rest
web:settings_grant        GET   goes: everybody
web:settings_grant        POST  in: visitor; 409: root; 403: rest
web:settings_revoke       GET   goes: everybody
web:settings_revoke       POST  in: visitor; goes: root; 404: rest
web:settings_rules        GET   in: visitor; 200: root; 403: rest
web:settings_choose       GET   goes: everybody
web:settings_choose       POST  in: visitor; 409: root; 403: rest
web:channels              GET   in: visitor; 200: root; 403: rest
web:channel               GET   goes: everybody
web:channel               POST  in: visitor; 409: root; 404: rest
web:channel_try           GET   goes: everybody
web:channel_try           POST  in: visitor; 409: root; 404: rest
web:health                GET   200: everybody
web:manifest              GET   200: everybody
web:worker                GET   200: everybody
web:favicon               GET   goes: everybody
web:offline               GET   200: everybody

appeals:matter            GET   in: visitor; 404: mei zhang outsider lin he root; 200: rest
appeals:act               GET   goes: everybody
appeals:act               POST  in: visitor; goes: liu; 409: chen zhao sun qian bai; 404: rest
appeals:phone             GET   goes: everybody
appeals:phone             POST  in: visitor; 200: chen liu zhao sun; 404: rest
appeals:slip              GET   in: visitor; 200: chen liu zhao sun qian bai; 404: rest
appeals:arrive            GET   goes: everybody
appeals:arrive            POST  in: visitor; 409: chen liu zhao sun qian bai; 404: rest
appeals:score             GET   goes: everybody
appeals:score             POST  in: visitor; 409: chen liu zhao sun qian bai; 404: rest
appeals:unit              GET   in: visitor; 200: liu he; 403: rest
appeals:desk              GET   in: visitor; 200: chen lin; 403: rest
appeals:column            GET   in: visitor; 200: chen lin; 403: rest
appeals:bulk              GET   goes: everybody
appeals:bulk              POST  in: visitor; 409: chen lin; 403: rest
appeals:slips             GET   in: visitor; 200: chen lin; 403: rest
appeals:find              GET   in: visitor; 200: chen lin; 403: rest
appeals:calls             GET   in: visitor; 200: chen lin; 403: rest
appeals:publish           GET   in: visitor; 200: chen lin; 403: rest
appeals:new               GET   in: visitor; 200: chen lin; 403: rest
appeals:new               POST  in: visitor; 200: chen lin; 403: rest
appeals:squares           GET   in: visitor; 200: chen lin; 403: rest
appeals:way_in            GET   goes: everybody
appeals:way_in            POST  in: visitor; 409: chen lin; 403: rest
appeals:watch             GET   in: visitor; 200: zhao sun qian bai; 403: rest
appeals:rates             GET   200: everybody
appeals:rates_table       GET   in: visitor; 403: residents; 200: staff
appeals:recompute         GET   200: everybody
appeals:catalogue         GET   in: visitor; 200: root; 403: rest
appeals:catalogue_export  GET   in: visitor; 200: root; 403: rest
appeals:catalogue_table   GET   in: visitor; 200: root; 403: rest
appeals:catalogue_table   POST  in: visitor; 409: root; 403: rest
appeals:catalogue_adopt   GET   goes: everybody
appeals:catalogue_adopt   POST  in: visitor; 409: root; 403: rest
appeals:catalogue_line    GET   in: visitor; 200: root; 404: rest
appeals:catalogue_change  GET   goes: everybody
appeals:catalogue_change  POST  in: visitor; 409: root; 404: rest
appeals:imports           GET   in: visitor; 200: root; 403: rest
appeals:imports           POST  in: visitor; 409: root; 403: rest
appeals:import            GET   in: visitor; 200: root; 404: rest
appeals:import_begin      GET   goes: everybody
appeals:import_begin      POST  in: visitor; 409: root; 404: rest
appeals:import_stop       GET   goes: everybody
appeals:import_stop       POST  in: visitor; goes: root; 404: rest
appeals:import_resume     GET   goes: everybody
appeals:import_resume     POST  in: visitor; 409: root; 404: rest
appeals:import_wrong      GET   in: visitor; 404: rest
appeals:raise             GET   200: everybody
appeals:raise             POST  422: everybody
appeals:call_first        GET   goes: everybody
appeals:same              GET   goes: everybody
appeals:send              GET   goes: everybody
appeals:send              POST  goes: everybody
appeals:afresh            GET   goes: everybody
appeals:afresh            POST  goes: everybody
appeals:me_too            GET   goes: everybody
appeals:me_too            POST  in: visitor; 409: rest
appeals:receipt           GET   in: visitor; 200: wang; 404: rest
appeals:matter_add        GET   goes: everybody
appeals:matter_add        POST  in: visitor; 422: wang; 409: li; 404: rest
appeals:matter_nudge      GET   goes: everybody
appeals:matter_nudge      POST  in: visitor; goes: wang; 409: li; 404: rest
appeals:matter_judge      GET   goes: everybody
appeals:matter_judge      POST  in: visitor; 409: wang li; 404: rest
appeals:matter_withdraw   GET   goes: everybody
appeals:matter_withdraw   POST  in: visitor; goes: wang; 409: li; 404: rest
appeals:follow            GET   200: everybody
appeals:follow            POST  200: everybody
appeals:leave             GET   goes: everybody
appeals:leave             POST  goes: everybody
appeals:followed          GET   404: everybody
appeals:followed_add      GET   goes: everybody
appeals:followed_add      POST  404: everybody
appeals:followed_nudge    GET   goes: everybody
appeals:followed_nudge    POST  404: everybody
appeals:followed_judge    GET   goes: everybody
appeals:followed_judge    POST  404: everybody
appeals:followed_withdraw GET   goes: everybody
appeals:followed_withdraw POST  404: everybody
appeals:board             GET   200: everybody
appeals:board_item        GET   200: everybody
"""

GROUPS = {"everybody": EVERYBODY, "residents": RESIDENTS, "staff": STAFF}


@cache
def expected() -> dict[tuple[str, str], dict[str, str]]:
    """(address, method) to the answer for each name."""
    lines = (line.split(maxsplit=2) for line in TABLE.splitlines() if line.strip())
    return {(name, method): answers_in(text) for name, method, text in lines}


def answers_in(text: str) -> dict[str, str]:
    """``in: visitor; 200: rest`` as an answer for each name; nobody is left out or named twice."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        answer, names = part.strip().split(": ")
        for name in people(names, set(found)):
            if name in found:
                raise ValueError(f"{name} is named twice in “{text}”.")
            found[name] = answer
    if set(found) != set(EVERYBODY):
        raise ValueError(f"Somebody is left out in “{text}”.")
    return found


def people(names: str, told: set[str]) -> list[str]:
    if names == "rest":
        return [name for name in EVERYBODY if name not in told]
    return [one for name in names.split() for one in GROUPS.get(name, (name,))]
