"""The addresses of appeals."""

from django.urls import path

from linli.modules.appeals.views import desk, entry, matter, staff, unit

app_name = "appeals"

of_one_matter = [
    path("matters/<int:pk>/", matter.matter, name="matter"),
    path("matters/<int:pk>/do/<slug:verb>/", staff.act, name="act"),
    path("matters/<int:pk>/phone/", staff.phone, name="phone"),
    path("matters/<int:pk>/slip/", staff.slip, name="slip"),
    path("matters/<int:pk>/whistles/<int:whistle>/arrive/", staff.arrive, name="arrive"),
    path("matters/<int:pk>/whistles/<int:whistle>/score/", staff.score, name="score"),
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
]

urlpatterns = [*of_one_matter, *of_units, *of_desks]
