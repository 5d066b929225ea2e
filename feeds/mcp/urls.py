from django.urls import path

from feeds.mcp.http import mcp

urlpatterns = [path("mcp", mcp, name="mcp")]
