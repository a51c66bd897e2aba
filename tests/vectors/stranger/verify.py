#!/usr/bin/python3
"""A stranger's verifier: written from ledger/FORMAT.md alone, sharing no line with Nguon.
  verify.py bundle FILE VKEY                 a proof bundle
  verify.py log FOLDER|URL VKEY              a whole log: signed head, tiles, every entry
  verify.py receipt FILE ENTRY SOURCE VKEY   a receipt of what ENTRY holds, by the service of SOURCE: bundle or log
Prints `good: what` (exit 0) or `refused: where: why` (exit 1). Needs python3-cryptography."""
import base64, hashlib, json, os, re, sys, unicodedata, urllib.request
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.hashes import SHA256
STRICT = re.compile(r'''(genesis|rules\.activate|org\.(create|update|suspend|activate|dissolve)|key\.(add|revoke)|member\.(add|update|leave)|
    site\.(add|update|retire)|product\.(add|update|retire)|certificate\.(add|withdraw)|label\.(range|apply|void)|log\.(keys|succeed)|
    ocop\.(decision|withdraw))/1''', re.X).fullmatch
class Refused(Exception): """Why something is not believed."""
def need(holds, why):
    if not holds: raise Refused(why)
def at(place, check, *words):
    try: return check(*words)
    except Refused as why: raise Refused(f'{place}: {why}')
def sha256(*parts): return hashlib.sha256(b''.join(parts)).digest()
def to64u(octets): return base64.urlsafe_b64encode(octets).rstrip(b'=').decode()
def octets_of(text, size=None, plain=False):  # From canonical base64, url-safe unless `plain`; spelled the same again.
    try: octets = base64.b64decode(text) if plain else base64.urlsafe_b64decode(text + '==')
    except (TypeError, ValueError): octets = b''
    need((base64.b64encode(octets).decode() if plain else to64u(octets)) == text, f'not base64: {text!r:.48}')
    need(size in (None, len(octets)), f'not {size} octets: {text!r:.48}')
    return octets
def hash_of(text): return octets_of(text, 32)
def read_json(octets, depth):  # Strict JSON: integers within 2^53-1, no key twice, NFC, at most `depth` levels.
    def check(value, level):
        if isinstance(value, (dict, list)):
            need(level <= depth, f'more than {depth} levels')
            for item in [*value, *value.values()] if isinstance(value, dict) else value: check(item, level + 1)
        elif isinstance(value, str):
            need(unicodedata.is_normalized('NFC', value) and not re.search('[\ud800-\udfff]', value), 'not NFC')
        else:
            need(value is None or isinstance(value, int) and abs(value) < 2 ** 53, f'a number: {value}')
    try:
        unique = lambda pairs: need(len(dict(pairs)) == len(pairs), 'a key twice') or dict(pairs)
        value = json.loads(octets.decode('utf-8'), object_pairs_hook=unique)
    except (ValueError, RecursionError) as error: raise Refused(f'not JSON: {error}')
    check(value, 1)
    return value
def root_of(hashes):
    while len(hashes) > 1:
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [sha256(b'\1', *hashes[at:at + 2]) for at in range(0, len(hashes) - 1, 2)] + odd
    return hashes[0] if hashes else sha256()
def root_by(path, index, size, leaf):  # the root to which a leaf and its path lead, read from the root down
    need(index < size and (size > 1) == (path != []), 'an index or a path that does not fit the size')
    if size == 1: return sha256(b'\0', leaf.encode())
    left, sibling = 1 << (size - 1).bit_length() - 1, hash_of(path[-1])
    if index < left: return sha256(b'\1', root_by(path[:-1], index, left, leaf), sibling)
    return sha256(b'\1', sibling, root_by(path[:-1], index - left, size - left, leaf))
def joint_root(leaves, begin, size, proof):  # of leaf hashes by index and what they lack, which is taken from the front
    inside = [index for index in leaves if begin <= index < begin + size]
    need(inside or proof, 'it lacks a hash')
    if not inside or size == 1: return leaves[inside[0]] if inside else proof.pop(0)
    middle = begin + (left := 1 << (size - 1).bit_length() - 1)
    return sha256(b'\1', joint_root(leaves, begin, left, proof), joint_root(leaves, middle, size - left, proof))
class Key:  # A public key, its `alg` and `kid`.
    def __init__(self, jwk):
        need(P256(jwk) or ED25519(jwk), f'not a JWK of P-256 or Ed25519: {str(jwk)[:80]}')
        self.alg = 'ES256' if P256(jwk) else 'EdDSA'
        self.kid = to64u(sha256(json.dumps(jwk, sort_keys=True, separators=(',', ':')).encode()))
        try:
            if self.alg == 'ES256':
                point = [int.from_bytes(hash_of(jwk[name]), 'big') for name in 'xy']
                self.key = ec.EllipticCurvePublicNumbers(*point, ec.SECP256R1()).public_key()
            else:
                p, y = 2 ** 255 - 19, int.from_bytes(hash_of(jwk['x']), 'little') % 2 ** 255
                eighth = 121666 * (2 * y * y - 1) - 121665 * y ** 4  # zero where the order is 8
                need(y < p and y not in (0, 1, p - 1) and eighth % p, 'an unsound key')
                self.key = ed25519.Ed25519PublicKey.from_public_bytes(hash_of(jwk['x']))
        except ValueError: raise Refused('a key that is no point of its curve')
    def verify(self, message, signature):
        need(len(signature) == 64, 'a signature that is not 64 octets')
        halves = (int.from_bytes(half, 'big') for half in (signature[:32], signature[32:]))
        try:
            if self.alg == 'EdDSA': return self.key.verify(signature, message)
            self.key.verify(utils.encode_dss_signature(*halves), message, ec.ECDSA(SHA256()))
        except InvalidSignature: raise Refused('a signature that does not verify')
def open_checkpoint(note, vkey):  # (origin, size, root, log key's kid) of a note that the key of `vkey` signed
    name, key_id, typed = (vkey.split('+', 2) + ['', ''])[:3]
    log = octets_of(typed, 33, plain=True)
    need(log[:1] == b'\1' and sha256(name.encode(), b'\n', log)[:4].hex() == key_id, 'not a vkey')
    key = Key({'kty': 'OKP', 'crv': 'Ed25519', 'x': to64u(log[1:])})
    need(len(note.encode()) <= 524288 and not re.search('[\0-\x09\x0b-\x1f]', note), 'not a note')
    text, _, lines = note.rpartition('\n\n')
    need(re.fullmatch(r'(— [^\s+]+ \S+\n){1,64}', lines), 'a note without signature lines')
    signed = [(line.split(' ')[1], octets_of(line.split(' ')[2], plain=True)) for line in lines[:-1].split('\n')]
    need(all(len(octets) > 4 for _, octets in signed), 'a signature line without a signature')
    ours = [octets[4:] for signer, octets in signed if (signer, octets[:4].hex()) == (name, key_id)]
    need(ours, f'a note without a line of {name} by this key: where it was replaced, give the newer vkey')
    for signature in ours: key.verify(f'{text}\n'.encode(), signature)
    shape = re.fullmatch(r'([^\n]+)\n(0|[1-9][0-9]{0,18})\n([^\n]+)(\n[^\n]+)*', text)
    need(shape and shape[1] == name and int(shape[2]) < 2 ** 63, f'not a checkpoint of {name}')
    return name, int(shape[2]), octets_of(shape[3], 32, True), key.kid
class Jws:  # A compact JWS of one `typ`; nothing of it is believed before verify().
    def __init__(self, text, typ):
        need(isinstance(text, str) and text.isascii() and text.count('.') == 2, 'not a JWS')
        self.text, (self.input, _, signature) = text, text.rpartition('.')
        header, payload = (octets_of(part) for part in self.input.split('.'))
        shape = re.fullmatch(rb'{"alg":"(ES256|EdDSA)","typ":"([a-z+-]+)","kid":"([\w-]{43})"}', header)
        need(shape and shape[2].decode() == typ, f'not the header of a {typ}: {header[:80]!r}')
        self.alg, self.kid, self.signature = shape[1].decode(), shape[3].decode(), octets_of(signature)
        self.id, self.claims = to64u(sha256(self.input.encode())), read_json(payload, 9)
        need(isinstance(self.claims, dict), 'a payload that is no object')
    def verify(self, key):
        need((self.kid, self.alg) == (key.kid, key.alg), 'another key or algorithm than it names')
        key.verify(self.input.encode(), self.signature)
# Grammars: each a function that tells whether a value keeps it.
def text(form): return lambda value: type(value) is str and re.fullmatch(form, value, re.S)
def natural(value): return type(value) is int and value >= 0
def array(low, high, of):
    return lambda value: type(value) is list and low <= len(value) <= high and all(map(of, value))
def members(**of):
    return lambda value: type(value) is dict and value.keys() == of.keys() and all(of[k](value[k]) for k in of)
P256 = members(kty=text('EC'), crv=text('P-256'), x=hash_of, y=hash_of)
ED25519 = members(kty=text('OKP'), crv=text('Ed25519'), x=hash_of)
SUBJECT = text('[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?:[0-9A-HJKMNP-TV-Z]{26}')
CLAIMS = {
    'type': text('(?=[^/]{1,48}/)[a-z]+([.-][a-z]+)*/[1-9][0-9]{0,2}'), 'aud': hash_of, 'sub': SUBJECT,
    'jti': text('[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'), 'prev': hash_of,
    'from': array(1, 64, members(sub=SUBJECT, head=hash_of, qty=members(
        amount=text(r'(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?'), unit=text('[a-zA-Z0-9]{1,16}')))),
    'seen': members(origin=text('[!-*,-~]{1,255}'), size=natural, root=hash_of),
    'for': SUBJECT, 'iat': natural, 'data': lambda value: type(value) is dict}
def ordered(**of): return lambda value: members(**of)(value) and list(value) == list(of)
CLEAR = {'header': text('.+'), 'payload': text('.+'), 'signature': octets_of}
LOGGED, NAMED = ordered(index=natural, recorded=natural, **CLEAR), ordered(**CLEAR)
BUNDLE = ordered(
    format=text('nguon-bundle/2'), origin=text('.+'), sub=SUBJECT, checkpoint=text('.+'),
    entries=array(1, 4096, lambda one: LOGGED(one) or NAMED(one)),
    proof=array(0, 63 * 4096, hash_of), missing=array(0, 2 ** 24, hash_of))
GROUP = members(aud=hash_of, checkpoint=text('.+'), count=natural, root=hash_of)
RECEIPT = members(entry=hash_of, index=natural, recorded=natural, path=array(0, 63, hash_of), slots=array(0, 2 ** 24, text('/.+')))
def slots_of(value, pointer, found):  # {digest: pointer} of private slots; reserved names stand nowhere else
    if isinstance(value, dict) and '_sd' in value:
        need(pointer and members(_sd=array(1, 1, hash_of))(value), f'not a slot: {pointer}')
        need(found.setdefault(value['_sd'][0], pointer) is pointer, 'a digest in two slots')
    elif isinstance(value, (dict, list)):
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            need(name not in ('_sd_alg', '...'), f'a reserved name: {name}')
            slots_of(item, f'{pointer}/' + str(name).replace('~', '~0').replace('/', '~1'), found)
    return found
class Entry(Jws):  # A JWS that keeps the grammar of an entry.
    def __init__(self, jws):
        super().__init__(jws, 'nguon-entry+jwt')
        for name, value in self.claims.items():
            need(name in CLAIMS and CLAIMS[name](value), f'an unknown or malformed claim: {name}')
        need({'type', 'jti', 'sub', 'iat', 'data'} <= self.claims.keys(), 'a claim is missing')
        self.type, self.sub, self.data = (self.claims[name] for name in ('type', 'sub', 'data'))
        self.aud, self.prev = map(self.claims.get, ('aud', 'prev'))
        need((self.aud is None) == (self.type == 'genesis/1'), 'aud is missing, or one too many')
        adopts = self.type.startswith('entry.adopt/')
        need(len(jws) <= (40960 if adopts else 16384), 'an oversized JWS')
        self.slots = slots_of(self.data, '', {})
        self.inner = Entry(self.data.get('entry')) if adopts else None
    def links(self):  # (subject, entry id) of what it names
        return [(one['sub'], one['head']) for one in self.claims.get('from', [])] + [(self.sub, self.prev)] * bool(self.prev)
    def first_sub(self):  # The name of a subject that this entry would start.
        name = sha256(f'{self.aud or ""}.{self.kid}.{self.claims["jti"]}'.encode())
        bits, symbols = int.from_bytes(name, 'big') >> 126, '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
        return self.sub.split(':')[0] + ':' + ''.join(symbols[bits >> at & 31] for at in range(125, -1, -5))
class Reader:  # Takes entries of a log in its order, all or some; knows its keys and what stands on what.
    def __init__(self, note, vkey):
        self.origin, self.size, self.root, self.log_kid = open_checkpoint(note, vkey)
        self.keys, self.revoked, self.heads, self.known, self.links = {}, {}, {}, {}, []
    def take(self, index, leaf):
        need(shape := re.fullmatch('{"recorded":(0|[1-9][0-9]{0,18}),"entry":"([^"]*)"}', leaf), 'not a leaf')
        return self.take_entry(index, Entry(shape[2]))
    def take_named(self, jws):  # FORMAT.md "What a named entry proves"
        moves = re.match(r'(genesis|key\.add|key\.revoke|log\.keys|log\.succeed)/', ((entry := Entry(jws)).inner or entry).type)
        need(not moves and self.known, 'it moves keys, or index 0 is not here')
        return self.take_entry(None, entry)
    def take_entry(self, index, entry):
        if not self.known: self.begin(index, entry)
        need(entry.kid in self.keys, f'no enrolment of {entry.kid}')
        need(entry.kid not in self.revoked, 'signed by a revoked key')
        entry.verify(self.keys[entry.kid])
        need(entry.aud == (None if index == 0 else self.aud), 'made for another deployment')
        need({entry.id, once := (entry.kid, entry.claims['jti'])}.isdisjoint(self.known), 'an entry or a jti twice')
        if inner := entry.inner:
            need(inner.kid in self.keys.keys() & self.revoked and inner.id not in self.known, 'nothing to adopt')
            inner.verify(self.keys[inner.kid])
            same = [(one.aud, one.sub, one.claims.get('from')) for one in (entry, inner)]
            need(same[0] == same[1], 'adopted under another aud, sub or from')
            self.known[inner.id] = entry.sub
        self.follow(entry, inner or entry)
        self.change_log(index, entry) if entry.type in ('log.keys/1', 'log.succeed/1') else self.enrol(index, inner or entry)
        self.known[entry.id], self.known[once], self.heads[entry.sub] = entry.sub, entry.sub, entry.id
        return index, entry
    def begin(self, index, entry):
        data, self.aud, self.name = entry.data, entry.id, entry.data.get('origin')
        need(index == 0 and entry.type == 'genesis/1', 'index 0 is not here')
        need(array(1, 4, ED25519)(data.get('recovery')), 'a genesis without recovery keys')
        first = {use: Key(data.get(use)) for use in ('log', 'service', 'root')}
        need(first['root'].kid == entry.kid, 'a genesis that its root key did not sign')
        self.recovery = {key.kid: key for key in map(Key, data['recovery'])}
        self.keys = {first[use].kid: first[use] for use in ('service', 'root')} | self.recovery
        self.terms = {use: {key.kid: [0, None]} for use, key in first.items()}  # [since, until]
    def follow(self, entry, effective):
        head = self.heads.get(entry.sub)
        need(entry.prev or head or entry.sub == effective.first_sub(), 'it starts another subject')
        need(not STRICT(effective.type) or entry.prev == head, f'it continues {entry.prev}, the head is {head}')
        self.links += entry.links()
    def enrol(self, index, entry):
        if entry.type.startswith('key.add/'):
            key = Key(entry.data.get('jwk'))
            need(self.keys.setdefault(key.kid, key) is key, 'a key enrolled twice')
        elif entry.type.startswith('key.revoke/'): self.revoked[to64u(hash_of(entry.data.get('kid')))] = index
    def change_log(self, index, entry):  # FORMAT.md "Change of keys", "Successor log"
        need(entry.kid in {*self.recovery, *self.terms['root']}, 'keys changed by neither a root nor a recovery key')
        if entry.type == 'log.succeed/1':
            host, number, self.name = *self.name.rsplit('/', 1), entry.data.get('origin')
            need((f'{host}/{int(number) + 1}', index) == (self.name, entry.data.get('size')), 'no successor')
        for use, terms in self.terms.items():
            for kid in terms.keys() & {*entry.data.get('retire', [])}: terms[kid][1] = self.revoked[kid] = index
            if new := entry.data.get(use):
                (proof := Jws(new['proof'], 'nguon-possession+jwt')).verify(key := Key(new['jwk']))
                need(proof.claims == {'aud': self.aud, 'org': entry.sub, 'use': use}, 'a proof for something else')
                need(all(key.kid not in known for known in [self.keys, *self.terms.values()]), 'a key bound twice')
                terms[key.kid] = [index, None]
                if use != 'log': self.keys[key.kid] = key
    def spoke(self, use, kid, size):
        need(self.name == self.origin, f'the log is {self.name}, not {self.origin}')
        need((term := self.terms[use].get(kid)) and term[0] < size <= (term[1] or size), f'no {use} key then: {kid}')
    def missing(self):  # Entry ids that were named and are no entry of the named subject here.
        return sorted({head for sub, head in self.links if self.known.get(head) != sub})
def read_bundle(path, vkey):
    bundle = read_json(octets := open(path, 'rb').read(), 8)
    need(BUNDLE(bundle), 'not a bundle of the grammar')
    again = json.dumps(bundle, ensure_ascii=False, separators=(',', ':')).encode()
    need(again == octets and len(octets) <= 2 ** 24, 'another spelling, or over 16 MiB')
    reader = at('/checkpoint', Reader, bundle['checkpoint'], vkey)
    need(bundle['origin'] == reader.origin, '/origin: not the checkpoint\'s')
    taken, leaves, backers = [], {}, {}
    for place, one in enumerate(bundle['entries']):
        jws = f"{to64u(one['header'].encode())}.{to64u(one['payload'].encode())}.{one['signature']}"
        if NAMED(one): taken.append(at(f'/entries/{place}', reader.take_named, jws)); continue
        need(all(index < one['index'] for index in leaves), '/entries: not in the order of the log')
        leaves[one['index']] = sha256(b'\0', (leaf := f'{{"recorded":{one["recorded"]},"entry":"{jws}"}}').encode())
        taken.append(at(f'index {one["index"]}', reader.take, one['index'], leaf))
    root = at('/proof', joint_root, leaves, 0, reader.size, proof := [hash_of(one) for one in bundle['proof']])
    need(root == reader.root and not proof, '/proof: leaves and hashes do not lead to the signed root')
    for place, (index, entry) in reversed([*enumerate(taken)]):
        if index is None:
            need((index := backers.get((entry.sub, entry.id))) is not None, f'/entries/{place}: nothing logged here names it')
            need(reader.revoked.get(entry.kid, index) >= index, f'/entries/{place}: its key had ended before what names it')
        for link in entry.links(): backers[link] = min(index, backers.get(link, index))
    at('/checkpoint', reader.spoke, 'log', reader.log_kid, reader.size)
    need(reader.missing() == bundle['missing'], '/missing: not the entries that are named and not here')
    need(bundle['sub'] in reader.heads, '/sub: no entry of it is here')
    return reader, f'{len(taken)} entries of a log of {reader.size} prove {bundle["sub"]}'
def fetch(base, name):
    try: return (urllib.request.urlopen(f'{base}/{name}') if '://' in base else open(f'{base}/{name}', 'rb')).read()
    except OSError as error: raise Refused(f'{name}: {error}')
def pieces(count):  # Names of the tiles over `count` nodes, with where they begin and end.
    for first in range(0, count, 256):
        digits, end = str(first // 256), min(first + 256, count)
        name = re.sub(r'(\d{3})(?=\d)', r'x\1/', digits.zfill(-(-len(digits) // 3) * 3))
        yield name + ('' if end == first + 256 else f'.p/{end - first}'), first, end
def read_log(base, vkey):
    reader, hashes = at('checkpoint', Reader, fetch(base, 'checkpoint').decode(), vkey), []
    for name, first, end in pieces(reader.size):
        octets = fetch(base, f'tile/entries/{name}')
        for index in range(first, end):
            leaf, octets = octets[2:(end_of_leaf := 2 + int.from_bytes(octets[:2], 'big'))], octets[end_of_leaf:]
            at(f'index {index}', reader.take, index, leaf.decode())
            hashes.append(sha256(b'\0', leaf))
        need(not octets, f'tile/entries/{name}: more than {end - first} entries')
    at('checkpoint', reader.spoke, 'log', reader.log_kid, reader.size)
    need(root_of(hashes) == reader.root, 'the leaves do not give the signed root')
    for level in range(8):
        for name, first, end in pieces(len(hashes)):
            need(fetch(base, where := f'tile/{level}/{name}') == b''.join(hashes[first:end]), f'{where}: not the hashes of its leaves')
        hashes = [root_of(hashes[at:at + 256]) for at in range(0, len(hashes) - 255, 256)]
    return reader, f'a log of {reader.size} entries; {len(reader.missing())} names in them lead nowhere'
def read_receipt(path, entry_path, source, vkey):
    reader, _ = (read_log if '://' in source or os.path.isdir(source) else read_bundle)(source, vkey)
    entry, parts = Entry(open(entry_path).read().split('~')[0]), open(path).read().split('~')
    need(len(parts) == 4 and re.fullmatch('0|[1-9][0-9]{0,3}', parts[2]), 'not a receipt')
    need((group := Jws(parts[0], 'nguon-receipt+jwt')).kid in reader.terms['service'], 'by no service key')
    group.verify(reader.keys[group.kid])
    said, octets, common = read_json(octets_of(parts[1]), 9), octets_of(parts[3]), group.claims
    need(GROUP(common) and RECEIPT(said), 'not a receipt of the grammar')
    path = [to64u(octets[at:at + 32]) for at in range(0, len(octets), 32)]
    need(root_by(path, int(parts[2]), common['count'], parts[1]) == hash_of(common['root']), 'claims that are not of the signed group')
    need((common['aud'], said['entry']) == (reader.aud, entry.id), 'a receipt for something else')
    _, size, root, _ = open_checkpoint(common['checkpoint'], vkey)
    reader.spoke('service', group.kid, size)
    leaf = f'{{"recorded":{said["recorded"]},"entry":"{entry.text}"}}'
    need(root_by(said['path'], said['index'], size, leaf) == root, 'its path does not lead to the signed root')
    need(set(said['slots']) <= set(entry.slots.values()), 'slots that the entry does not have')
    return reader, f'entry {entry.id} stands at index {said["index"]} of {size}'
if __name__ == '__main__':
    checks = {('bundle', 4): read_bundle, ('log', 4): read_log, ('receipt', 6): read_receipt}
    try: print('good:', checks.get((*sys.argv[1:2], len(sys.argv)), lambda *_: sys.exit(__doc__))(*sys.argv[2:])[1])
    except (Refused, UnicodeDecodeError) as why: sys.exit(f'refused: {why}')
