"""Every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("", include("linli.web.urls")),
    path("", include("linli.modules.appeals.urls")),
]
handler400 = "linli.web.errors.bad_request"
handler403 = "linli.web.errors.forbidden"
handler404 = "linli.web.errors.not_found"
handler500 = "linli.web.errors.server_error"
