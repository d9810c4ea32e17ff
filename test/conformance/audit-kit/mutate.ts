import { toBase64 } from '@lianshu/tlog';

/** Whole numbers below a limit, the same from the same seed (mulberry32). */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Draw = (below: number) => number;
/** Changes a file; `others` are good files to take parts of. */
type Mutation = (file: Buffer, draw: Draw, others: readonly Buffer[]) => Buffer;

const pick = <T>(items: readonly T[], draw: Draw): T => items[draw(items.length)] as T;
const replaced = (file: Buffer, from: number, to: number, part: Uint8Array): Buffer =>
  Buffer.concat([file.subarray(0, from), part, file.subarray(to)]);

/** The file's lines changed as a list; a last line without newline stays so. */
const onLines =
  (change: (lines: string[], draw: Draw, others: readonly Buffer[]) => void): Mutation =>
  (file, draw, others) => {
    const lines = file.toString('latin1').split('\n');
    change(lines, draw, others);
    return Buffer.from(lines.join('\n'), 'latin1');
  };

/** The bytes behind the base64 of a random line changed, and written back in good base64. */
const onDecoded =
  (change: (bytes: Buffer, draw: Draw) => Buffer): Mutation =>
  (file, draw) => {
    const text = file.toString('latin1');
    const found = [...text.matchAll(/[A-Za-z0-9+/]{40,}={0,2}(?=\n)/g)];
    if (found.length === 0) return file;
    const match = pick(found, draw);
    const bytes = change(Buffer.from(match[0], 'base64'), draw);
    return replaced(file, match.index, match.index + match[0].length, Buffer.from(toBase64(bytes)));
  };

const EXTRA = /^extra ([A-Za-z0-9+/=]+)$/m;

/** The text of `extra` changed, and written back in good base64. */
const onExtra =
  (change: (json: string, draw: Draw) => string): Mutation =>
  (file, draw) => {
    const text = file.toString('latin1');
    const encoded = EXTRA.exec(text)?.[1];
    if (encoded === undefined) return file;
    const json = change(Buffer.from(encoded, 'base64').toString('latin1'), draw);
    return Buffer.from(
      text.replace(EXTRA, `extra ${Buffer.from(json, 'latin1').toString('base64')}`),
      'latin1',
    );
  };

const UNICODE = [
  0x00, 0x0d, 0x09, 0x7f, 0x85, 0xa0, 0xad, 0x200b, 0x2028, 0x202e, 0x3000, 0xfeff, 0xfffd, 0xd7ff,
];
const unicode = (draw: Draw): Buffer => {
  const astral = [0x1f600, 0x2ebf0, 0x30000, 0x10ffff, 0xe0001, 0xf0000, 0x1e6c0, draw(0x110000)];
  const chosen = pick([...UNICODE, ...astral, draw(0xd800), draw(0x250)], draw);
  const isSurrogate = chosen >= 0xd800 && chosen < 0xe000;
  return Buffer.from(String.fromCodePoint(isSurrogate ? 0x41 : chosen));
};

const SPELLINGS = [
  '00',
  '+1',
  '-0',
  '1.0',
  '1e0',
  '1E1',
  '0x1',
  ' 1',
  '1 ',
  '１',
  '9007199254740992',
  '1_0',
  '',
];

const jsonMember = (json: string, draw: Draw): [string[], number] => {
  const members = json.slice(1, -1).split(',');
  return [members, draw(members.length)];
};
const written = (members: readonly string[]): string => `{${members.join(',')}}`;

/** Ways to change a file, by name. Each is drawn equally often. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'flip a bit': (file, draw) => {
    const at = draw(file.length);
    return replaced(file, at, at + 1, Uint8Array.of((file[at] ?? 0) ^ (1 << draw(8))));
  },
  'set a byte': (file, draw) => {
    const at = draw(file.length);
    return replaced(file, at, at + 1, Uint8Array.of(draw(256)));
  },
  'insert a byte': (file, draw) => {
    const at = draw(file.length + 1);
    return replaced(file, at, at, Uint8Array.of(pick([draw(256), 0x0a, 0x20, 0x3d], draw)));
  },
  'delete bytes': (file, draw) => {
    const at = draw(file.length);
    return replaced(file, at, at + 1 + draw(3), new Uint8Array());
  },
  'cut short': (file, draw) => file.subarray(0, draw(file.length)),
  'insert a character': (file, draw) => {
    const at = draw(file.length + 1);
    return replaced(file, at, at, unicode(draw));
  },
  'a character in a name': (file, draw) => {
    const names = [...file.toString('latin1').matchAll(/(?<=\xe2\x80\x94 )[^ ]+(?= )/g)];
    if (names.length === 0) return file;
    const name = pick(names, draw);
    const at = name.index + draw(name[0].length + 1);
    return replaced(file, at, at, unicode(draw));
  },
  'carriage returns': (file, draw) => {
    const text = file.toString('latin1');
    const with1 = draw(3);
    const changed =
      with1 === 0
        ? text.replaceAll('\n', '\r\n')
        : with1 === 1
          ? text.replaceAll('\n', '\r')
          : text.replace('\n', '\r\n');
    return Buffer.from(changed, 'latin1');
  },
  'swap lines': onLines((lines, draw) => {
    const [a, b] = [draw(lines.length), draw(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  }),
  'repeat a line': onLines((lines, draw) => {
    const at = draw(lines.length);
    lines.splice(draw(lines.length + 1), 0, lines[at] ?? '');
  }),
  'drop a line': onLines((lines, draw) => lines.splice(draw(lines.length), 1)),
  'an empty line': onLines((lines, draw) => lines.splice(draw(lines.length + 1), 0, '')),
  'a line of another file': onLines((lines, draw, others) => {
    const other = pick(others, draw).toString('latin1').split('\n');
    lines.splice(draw(lines.length), draw(2), pick(other, draw));
  }),
  'the end of another file': (file, draw, others) => {
    const other = pick(others, draw);
    const [a, b] = [file.indexOf('\n\n'), other.indexOf('\n\n')];
    return Buffer.concat([file.subarray(0, a), other.subarray(b)]);
  },
  'only some signatures': onLines((lines, draw) => {
    for (let at = lines.length - 1; at > 0; at--) {
      if (lines[at]?.startsWith('\xe2\x80\x94') === true && draw(3) === 0) lines.splice(at, 1);
    }
  }),
  'signatures in another order': onLines((lines, draw) => {
    const signed = lines.filter((line) => line.startsWith('\xe2\x80\x94'));
    const first = lines.findIndex((line) => line.startsWith('\xe2\x80\x94'));
    if (first >= 0) lines.splice(first, signed.length, ...signed.sort(() => draw(3) - 1));
  }),
  'the last bits of base64': (file, draw) => {
    const ends = [...file.toString('latin1').matchAll(/[A-Za-z0-9+/](?==?=\n)/g)];
    if (ends.length === 0) return file;
    const { index } = pick(ends, draw);
    return replaced(file, index, index + 1, Uint8Array.of((file[index] ?? 0) + 1));
  },
  'another alphabet or padding': (file, draw) => {
    const text = file.toString('latin1');
    const change = pick<[RegExp, string]>(
      [
        [/\+/, '-'],
        [/\//, '_'],
        [/=\n/, '\n'],
        [/=\n/, '==\n'],
        [/=/, ''],
      ],
      draw,
    );
    return Buffer.from(text.replace(...change), 'latin1');
  },
  'another spelling of a number': (file, draw) => {
    const text = file.toString('latin1');
    const numbers = [...text.matchAll(/(?<=^index )\d+$|^\d+$/gm)];
    if (numbers.length === 0) return file;
    const { index, 0: digits } = pick(numbers, draw);
    const spelled = pick([...SPELLINGS, `0${digits}`, `${digits}.0`, String(draw(64))], draw);
    return replaced(file, index, index + digits.length, Buffer.from(spelled));
  },
  'decoded bytes': onDecoded((bytes, draw) => {
    const at = draw(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << draw(8));
    return bytes;
  }),
  'decoded head': onDecoded((bytes, draw) => {
    const at = draw(Math.min(13, bytes.length));
    bytes[at] = draw(256);
    return bytes;
  }),
  'decoded tail': onDecoded((bytes, draw) => {
    const at = bytes.length - 1 - draw(Math.min(84, bytes.length));
    bytes[at] = draw(256);
    return bytes;
  }),
  'decoded neighbours': onDecoded((bytes, draw) => {
    // Among the last bytes of an ML-DSA signature are positions that must ascend.
    const at = Math.max(1, bytes.length - 1 - draw(84));
    [bytes[at - 1], bytes[at]] = [bytes[at] ?? 0, bytes[at - 1] ?? 0];
    return bytes;
  }),
  'decoded length': onDecoded((bytes, draw) => {
    const end = draw(bytes.length + 1);
    return draw(2) === 0 ? bytes.subarray(0, end) : Buffer.concat([bytes, bytes.subarray(0, 1 + draw(4))]);
  }),
  'members in another order': onExtra((json, draw) => {
    const [members, at] = jsonMember(json, draw);
    return written([...members.slice(at), ...members.slice(0, at)]);
  }),
  'a member twice': onExtra((json, draw) => {
    const [members, at] = jsonMember(json, draw);
    return written([...members.slice(0, at + 1), ...members.slice(at)]);
  }),
  'a member less or another': onExtra((json, draw) => {
    const [members, at] = jsonMember(json, draw);
    const other = [
      '"demo":true',
      '"demo":false',
      '"secretBy":"server"',
      '"secretBy":"x"',
      '"x":1',
      '"tag":null',
      '',
    ];
    const spliced = members.toSpliced(at, draw(2), pick(other, draw)).filter((member) => member !== '');
    return written(draw(2) === 0 ? spliced.sort() : spliced);
  }),
  'space in JSON': onExtra((json, draw) => {
    const at = draw(json.length + 1);
    return json.slice(0, at) + pick([' ', '\n', '\t', '\ufeff', '\u0000'], draw) + json.slice(at);
  }),
  'another JSON value': onExtra((json, draw) => {
    const values = [
      '1.0',
      '1e0',
      '-0',
      '01',
      '2',
      'true',
      'null',
      '"1"',
      '[1]',
      '{}',
      'NaN',
      '1E400',
      '"\\u0031"',
      '"\\ud800"',
    ];
    return json.replace(/(?<="v":)1/, pick(values, draw));
  }),
  'another case or kind': onExtra((json, draw) => {
    const changes: [RegExp, string][] = [
      [/"9901"/, '"9902"'],
      [/"9901"/, '"\\u0039901"'],
      [/"9901"/, `"${'9'.repeat(1 + draw(40))}"`],
      [/"9901"/, '9901'],
      [/"(held|joint-signature|proposal-signature)"/, '"held"'],
      [/"(held|joint-signature|proposal-signature)"/, '"joint-signature"'],
      [/"(held|joint-signature|proposal-signature)"/, '"void"'],
      [/"r":"(.)/, '"r":"A'],
      [/(.)"(?=[,}])/, 'B"'],
      [/^\{/, '[{'],
      [/\}$/, '}}'],
    ];
    return json.replace(...pick(changes, draw));
  }),
  'too much': (file, draw) => {
    const filler = Buffer.alloc(pick([2_000, 70_000, 300_000, 400_000], draw), 'A');
    const at = draw(file.length + 1);
    return replaced(file, at, at, filler);
  },
};
