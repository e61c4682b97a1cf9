"""Signing in, the idle lock and passwords, as the window shows them (登录与锁屏)."""
