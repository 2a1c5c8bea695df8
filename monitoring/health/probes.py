"""Every probe that ships, under one name; a probe's libraries are imported when it first needs them."""

from .network import dns, tls
from .postgres import postgres, postgres_pool
from .system import cpu, disk, memory
from .web import clerk, http, resend, stripe, supabase_auth, vercel

__all__ = [
    "clerk",
    "cpu",
    "disk",
    "dns",
    "http",
    "memory",
    "postgres",
    "postgres_pool",
    "resend",
    "stripe",
    "supabase_auth",
    "tls",
    "vercel",
]
