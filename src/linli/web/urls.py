"""The addresses of the shell."""

from django.urls import path

from linli.web.views import about, device, files, home, me, mine, rules, sign_in, switches

app_name = "web"

urlpatterns = [
    path("", home.home, name="home"),
    path("in/", sign_in.sign_in, name="sign_in"),
    path("in/code/", sign_in.code, name="sign_in_code"),
    path("in/staff/", sign_in.staff, name="sign_in_staff"),
    path("in/staff/token/", sign_in.token, name="sign_in_token"),
    path("in/slip/", sign_in.slip, name="sign_in_slip"),
    path("in/demo/", sign_in.demo, name="sign_in_demo"),
    path("out/", sign_in.sign_out, name="sign_out"),
    path("language/", switches.language, name="language"),
    path("mode/", switches.mode, name="mode"),
    path("where/", switches.where, name="where"),
    path("keys/", switches.keys, name="keys"),
    path("mine/", mine.mine, name="mine"),
    path("inbox/", mine.inbox, name="inbox"),
    path("inbox/read/", mine.inbox_read, name="inbox_read"),
    path("me/", me.me, name="me"),
    path("me/phone/", me.phone, name="my_phone"),
    path("me/export/", me.export, name="export"),
    path("me/withdraw/", me.withdraw, name="withdraw"),
    path("me/out/", me.out_everywhere, name="out_everywhere"),
    path("me/erase/", me.forget, name="forget"),
    path("me/password/", me.password, name="password"),
    path("me/authenticator/", me.authenticator, name="authenticator"),
    path("files/<int:pk>/<str:size>/", files.file, name="file"),
    path("help/", about.help_page, name="help"),
    path("privacy/", about.privacy, name="privacy"),
    path("rules/", rules.rules, name="rules"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("health", device.health, name="health"),
    path("manifest.webmanifest", device.manifest, name="manifest"),
    path("sw.js", device.worker, name="worker"),
    path("favicon.ico", device.favicon, name="favicon"),
    path("offline/", device.offline, name="offline"),
]
