"""Every probe that ships, under one name; a probe's libraries are imported when it first needs them."""

from .mysql_server import mysql
from .network import dns, tls
from .postgres import postgres, postgres_pool
from .queue_age import queue_age
from .redis_server import redis
from .system import cpu, disk, memory
from .web import clerk, http, resend, stripe, supabase_auth, vercel

__all__ = [
    "clerk",
    "cpu",
    "disk",
    "dns",
    "http",
    "memory",
    "mysql",
    "postgres",
    "postgres_pool",
    "queue_age",
    "redis",
    "resend",
    "stripe",
    "supabase_auth",
    "tls",
    "vercel",
]
