"""Addresses of cases."""

from django.urls import path

from engage.web.cases import acting, lives, members, views, who


urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/states/", lives.states, name="cases_states"),
    path("cases/refer/<str:kind>/", acting.refer, name="cases_refer"),
    path("cases/<int:number>/", views.case, name="case"),
    path("cases/<int:number>/print/", views.printed, name="case_print"),
    path("cases/<int:number>/move/<str:code>/", acting.move, name="case_move"),
    path("cases/<int:number>/write/<str:form>/", acting.write, name="case_write"),
    path("cases/<int:number>/referrals/<int:entry>/answer/", acting.answer, name="case_answer"),
    path("cases/<int:number>/who/", who.identify, name="case_who"),
    path("cases/<int:number>/not-about/", who.not_about, name="case_not_about"),
    path("cases/<int:number>/members/", members.members, name="case_members"),
    path("cases/<int:number>/agencies/", acting.agencies, name="case_agencies"),
]
