import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type CliArguments = Readonly<{
  file: string;
  keys: readonly string[];
  keyFiles: readonly string[];
  log?: string;
  json: boolean;
  languages: readonly ('zh-Hant-TW' | 'en')[];
}>;

export const HELP = `lianshu-verify receipt FILE  驗證收執或承諾書  check a receipt or a signed promise

  --key VKEY     trust this verifier key (name+id+base64); may be repeated   信任這把公開金鑰
  --keys FILE    trust the keys in FILE, one a line, # comments              信任檔案內的金鑰
  --log URL|DIR  ask the published log what became of it: the URL or         向公布的公卷查詢
                 directory that contains "checkpoint"
  --json         machine-readable verdict                                    機器可讀
  --lang zh|en   one language only (default: both)                           只用一種語言
  --help         this text

Without --key and --keys: the file named by LIANSHU_KEYS, else .lianshu/keys.txt of the checkout
this program runs from. Keys beside a receipt are never taken unasked.
Keys must come from a place you trust, never from whoever gave you the receipt.

Exit codes  0 proven   1 fault in this program   2 usage   3 not proven   4 not a receipt or malformed
            5 excluded or refused   6 promise broken   7 log unreadable or its files wrong
            8 log contradicts the receipt   9 not decided yet (held, promise open, log behind)
`;

const LANGUAGES = { zh: ['zh-Hant-TW'], en: ['en'], both: ['zh-Hant-TW', 'en'] } as const;

const isLanguage = (text: string): text is keyof typeof LANGUAGES => Object.hasOwn(LANGUAGES, text);

/** Reads the arguments; a `string` is what is wrong with them, `help` a wish for {@link HELP}. */
export function parseArguments(
  argv: readonly string[],
): CliArguments | 'help' | Readonly<{ problem: string }> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        keys: { type: 'string', multiple: true },
        log: { type: 'string' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return 'help';
    const [command, file, ...rest] = positionals;
    if (command !== 'receipt') return { problem: 'the command is: lianshu-verify receipt FILE' };
    if (file === undefined || rest.length > 0) return { problem: 'exactly one FILE is needed' };
    const language = values.lang ?? 'both';
    if (!isLanguage(language)) return { problem: '--lang is zh or en' };
    return {
      file,
      keys: values.key ?? [],
      keyFiles: values.keys ?? [],
      ...(values.log === undefined ? {} : { log: values.log }),
      json: values.json === true,
      languages: LANGUAGES[language],
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
