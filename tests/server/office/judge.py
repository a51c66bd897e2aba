#!/usr/bin/python3
"""Reads what XlsxSheet wrote (export_test.cpp) with openpyxl. Usage: judge.py FILE; prints `<passed> <failed>`."""
import sys

from openpyxl import load_workbook

EXPECTED = [
    [("s", "Họ tên"), ("s", "Điện thoại"), ("s", "Diện tích")],
    [("s", "Đặng Thị Ường Mẫu"), ("s", "0912345678"), ("n", 1.25)],
    [("s", '=HYPERLINK("x")'), ("s", "+84912345678"), ("s", "123456789012.123456")],
    [("s", 'Hoà & <Hòa> "ẵ"'), ("n", None), ("s", "x")],
]

book = load_workbook(sys.argv[1])
passed = failed = 0


def check(what, found, wanted):
    global passed, failed
    if found == wanted:
        passed += 1
    else:
        failed += 1
        print(f"{what}: found {found!r}, wanted {wanted!r}")


check("sheets", book.sheetnames, ["Nguồn"])
sheet = book.active
for number, wanted in enumerate(EXPECTED, start=1):
    found = [(cell.data_type, cell.value) for cell in sheet[number]]
    check(f"row {number}", found, wanted)
check("rows", sheet.max_row, len(EXPECTED))
check("bold headings", [cell.font.b for cell in sheet[1]], [True] * 3)
print(passed, failed)
sys.exit(1 if failed else 0)
