"""The addresses of appeals."""

from django.urls import path

from linli.modules.appeals.views import (
    board,
    catalogue,
    desk,
    entry,
    follow,
    importing,
    matter,
    rates,
    receipt,
    resident,
    resident_matter,
    squares,
    staff,
    unit,
    watch,
)

app_name = "appeals"

of_one_matter = [
    path("matters/<int:pk>/", matter.matter, name="matter"),
    path("matters/<int:pk>/do/<slug:verb>/", staff.act, name="act"),
    path("matters/<int:pk>/phone/", staff.phone, name="phone"),
    path("matters/<int:pk>/slip/", staff.slip, name="slip"),
    path("matters/<int:pk>/whistles/<int:whistle>/arrive/", staff.arrive, name="arrive"),
    path("matters/<int:pk>/whistles/<int:whistle>/score/", staff.score, name="score"),
]
of_residents = [
    path("raise/", resident.raise_, name="raise"),
    path("raise/call-first/", resident.call_first, name="call_first"),
    path("raise/same/", resident.same, name="same"),
    path("raise/send/", resident.send, name="send"),
    path("raise/afresh/", resident.afresh, name="afresh"),
    path("raise/me-too/", resident.me_too, name="me_too"),
    path("matters/<int:pk>/receipt/", receipt.receipt, name="receipt"),
    path("matters/<int:pk>/add/", resident_matter.add_word, name="matter_add"),
    path("matters/<int:pk>/nudge/", resident_matter.nudge_unit, name="matter_nudge"),
    path("matters/<int:pk>/judge/", resident_matter.judge_it, name="matter_judge"),
    path("matters/<int:pk>/withdraw/", resident_matter.withdraw_it, name="matter_withdraw"),
    path("follow/", follow.follow, name="follow"),
    path("follow/leave/", follow.leave, name="leave"),
    path("follow/<int:pk>/", follow.followed, name="followed"),
    path("follow/<int:pk>/add/", follow.add_word, name="followed_add"),
    path("follow/<int:pk>/nudge/", follow.nudge_unit, name="followed_nudge"),
    path("follow/<int:pk>/judge/", follow.judge_it, name="followed_judge"),
    path("follow/<int:pk>/withdraw/", follow.withdraw_it, name="followed_withdraw"),
    path("board/", board.board, name="board"),
    path("board/<int:pk>/", board.board_item, name="board_item"),
]
of_units = [
    path("unit/", unit.unit, name="unit"),
]
of_desks = [
    path("desk/", desk.desk, name="desk"),
    path("desk/list/", desk.column, name="column"),
    path("desk/bulk/", desk.bulk, name="bulk"),
    path("desk/slips/", desk.slips, name="slips"),
    path("desk/find/", desk.find, name="find"),
    path("desk/calls/", desk.calls, name="calls"),
    path("desk/public/", desk.publish, name="publish"),
    path("desk/new/", entry.new, name="new"),
    path("desk/squares/", squares.squares, name="squares"),
    path("desk/way-in/", squares.way_in, name="way_in"),
]
of_supervision = [
    path("watch/", watch.watch, name="watch"),
    path("rates/", rates.rates, name="rates"),
    path("rates/table.csv", rates.table, name="rates_table"),
    path("rates/recompute.py", rates.recompute, name="recompute"),
]

of_settings = [
    path("settings/catalogue/", catalogue.catalogue, name="catalogue"),
    path("settings/catalogue/table.csv", catalogue.export, name="catalogue_export"),
    path("settings/catalogue/table/", catalogue.check, name="catalogue_table"),
    path("settings/catalogue/table/adopt/", catalogue.adopt, name="catalogue_adopt"),
    path("settings/catalogue/<slug:l2>/", catalogue.line, name="catalogue_line"),
    path("settings/catalogue/<slug:l2>/change/", catalogue.change, name="catalogue_change"),
    path("settings/import/", importing.imports, name="imports"),
    path("settings/import/<int:pk>/", importing.one, name="import"),
    path("settings/import/<int:pk>/begin/", importing.begin, name="import_begin"),
    path("settings/import/<int:pk>/stop/", importing.stop, name="import_stop"),
    path("settings/import/<int:pk>/resume/", importing.resume, name="import_resume"),
    path("settings/import/<int:pk>/wrong.csv", importing.wrong, name="import_wrong"),
]

urlpatterns = [*of_one_matter, *of_units, *of_desks, *of_supervision, *of_settings, *of_residents]
