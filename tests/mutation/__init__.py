"""Damage to the shipped catalog: do the guards guard?"""
