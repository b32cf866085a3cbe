"""Addresses of referrals as their referrers see them."""

from django.urls import path

from engage.web.referrals import partners, views


urlpatterns = [
    path("referrals/", views.mine, name="referrals"),
    path("referrals/links/", views.links, name="referrals_links"),
    path("referrals/links/<int:number>/withdraw/", views.withdraw, name="referrals_withdraw"),
    path("partner/refer/<str:token>/", partners.refer, name="partner_refer"),
    path("partner/referral/<str:token>/", partners.fate, name="partner_fate"),
]
