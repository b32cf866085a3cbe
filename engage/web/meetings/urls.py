"""Addresses of meetings. None holds a name."""

from django.urls import path

from engage.web.meetings import acting, agreeing, answering, leaving, minuting, views


urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/week/", views.week, name="meetings_week"),
    path("meetings/new/", acting.convene, name="meetings_new"),
    path("meetings/decisions/", views.register, name="meetings_decisions"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("meetings/<int:number>/agenda/", acting.agenda, name="meeting_agenda"),
    path("meetings/<int:number>/who/", views.who, name="meeting_who"),
    path("meetings/<int:number>/proposed/", views.proposed, name="meeting_proposed"),
    path("meetings/<int:number>/invite/", acting.invite, name="meeting_invite"),
    path("meetings/<int:number>/add/", acting.add, name="meeting_add"),
    path("meetings/<int:number>/leave-out/", leaving.leave_out, name="meeting_leave_out"),
    path("meetings/<int:number>/sign/<int:invitee>/", leaving.sign, name="meeting_sign"),
    path("meetings/<int:number>/reply/<int:invitee>/", acting.reply, name="meeting_reply"),
    path("meetings/<int:number>/attendance/", acting.attendance, name="meeting_attendance"),
    path("meetings/<int:number>/hold/", acting.hold, name="meeting_hold"),
    path("meetings/<int:number>/call-off/", acting.call_off, name="meeting_call_off"),
    path("meetings/<int:number>/put-off/", acting.put_off, name="meeting_put_off"),
    path("meetings/<int:number>/chair/", acting.change_chair, name="meeting_chair"),
    path("meetings/<int:number>/order/", acting.order, name="meeting_order"),
    path("meetings/<int:number>/round/", views.information_round, name="meeting_round"),
    path("meetings/<int:number>/heard/", answering.heard, name="meeting_heard"),
    path("meetings/<int:number>/ask/", answering.ask, name="meeting_ask"),
    path("meetings/<int:number>/said/", answering.said, name="meeting_said"),
    path("meetings/<int:number>/chase/", answering.chase, name="meeting_chase"),
    path("meetings/<int:number>/answer/", answering.answer, name="meeting_answer"),
    path("meetings/<int:number>/record/", views.record, name="meeting_record"),
    path("meetings/<int:number>/decide/", minuting.decide, name="meeting_decide"),
    path("meetings/<int:number>/correct/<int:decision>/", minuting.correct, name="meeting_correct"),
    path("meetings/<int:number>/dissent/", minuting.dissent, name="meeting_dissent"),
    path("meetings/<int:number>/action/", agreeing.action, name="meeting_action"),
    path("meetings/<int:number>/write/", minuting.write, name="meeting_write"),
    path("meetings/<int:number>/issue/", minuting.issue, name="meeting_issue"),
    path("meetings/<int:number>/sign-off/", minuting.sign_off, name="meeting_sign_off"),
    path("meetings/<int:number>/minutes/", views.printed, name="meeting_minutes"),
    path("meetings/<int:number>/pack/", views.pack, name="meeting_pack"),
    path("meetings/<int:number>/pack-sent/", minuting.pack_sent, name="meeting_pack_sent"),
    path("meetings/<int:number>/invitation.ics", views.invitation, name="meeting_invitation"),
]
