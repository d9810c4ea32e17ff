import { runInNewContext } from 'node:vm';
import {
  type CardComponentServer,
  type ComponentFault,
  cast,
  type SimulatedCard,
  SimulatedCardComponent,
  sharedAuthority,
  startCardComponent,
} from '@lianshu/simulators';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const SITE = 'http://demo.lianshu.invalid';

let component: SimulatedCardComponent;
let server: CardComponentServer;
let card: SimulatedCard;

beforeAll(async () => {
  const authority = await sharedAuthority();
  card = authority.cardOf(cast.meiling) ?? (await authority.issueCard(cast.meiling));
  component = new SimulatedCardComponent({ trustedHosts: ['demo.lianshu.invalid'] });
  server = await startCardComponent(component, { port: 0, slowMs: 40 });
});

beforeEach(() => {
  component.fault = 'none';
  component.insert(card);
});

afterAll(() => server.close());

type Posted = { readonly data: unknown; readonly target: string };

/**
 * Runs the script of the served page in a stand-in window whose XHR goes to the real server, and plays the
 * opener: answers `getTbs` with `payload`. Resolves with all that was posted when the window closes.
 */
async function throughPopup(payload: string): Promise<readonly Posted[]> {
  const html = await (await fetch(`${server.url}/popupForm`)).text();
  const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
  const settings = /id="settings">(.*?)<\/script>/.exec(html)?.[1] ?? '';
  const posted: Posted[] = [];
  return new Promise((resolve) => {
    const listeners: ((event: unknown) => void)[] = [];
    const opener = {
      postMessage(data: unknown, target: string): void {
        posted.push({ data, target });
        if (data !== '{"func":"getTbs"}') return;
        for (const tell of listeners) {
          tell({ data: { noise: true }, origin: SITE, source: opener });
          tell({ data: '{"func":"CheckEnvir"}', origin: 'http://evil.invalid', source: {} });
          tell({ data: payload, origin: SITE, source: opener });
        }
      },
    };
    const window = {
      opener,
      addEventListener: (_: string, listener: (event: unknown) => void) => listeners.push(listener),
      close: () => resolve(posted),
    };
    const elements: Record<string, { textContent: string }> = {
      settings: { textContent: settings },
      status: { textContent: '' },
    };
    const document = { getElementById: (id: string) => elements[id] };
    runInNewContext(script, { window, document, setTimeout, XMLHttpRequest: requestTo(server.url) });
  });
}

/** The little of XMLHttpRequest that the page uses. */
function requestTo(base: string) {
  return class {
    onload = (): void => {};
    onerror = (): void => {};
    responseText = '';
    #path = '';
    readonly #headers: Record<string, string> = {};
    open(_: string, path: string): void {
      this.#path = path;
    }
    setRequestHeader(name: string, value: string): void {
      this.#headers[name] = value;
    }
    send(body: string): void {
      fetch(base + this.#path, { method: 'POST', headers: this.#headers, body })
        .then((response) => response.text())
        .then((text) => {
          this.responseText = text;
          this.onload();
        })
        .catch(() => this.onerror());
    }
  };
}

const answerOf = (posted: readonly Posted[]): Record<string, unknown> =>
  JSON.parse(String(posted.at(-1)?.data)) as Record<string, unknown>;

function makeSignature(tbs: string): string {
  const fields = { func: 'MakeSignature', signatureType: 'PKCS1', tbs, tbsEncoding: 'base64' };
  return JSON.stringify({ ...fields, hashAlgorithm: 'SHA256', pin: card.pin });
}

describe('橋接視窗 /popupForm', () => {
  it('says getTbs, takes one payload of its opener, answers to the origin that asked, and closes', async () => {
    const posted = await throughPopup('{"func":"CheckEnvir"}');
    expect(posted[0]).toEqual({ data: '{"func":"getTbs"}', target: '*' });
    expect(posted).toHaveLength(2);
    expect(posted[1]?.target).toBe(SITE);
    expect(answerOf(posted)).toMatchObject({ func: 'pkcs11info', ret_code: 0 });
  });

  it('GetUserCert brings certificates', async () => {
    const answer = JSON.stringify(answerOf(await throughPopup('{"func":"GetUserCert"}')));
    expect(answer).toContain('"label":"cert1"');
  });

  it('the JSON is forwarded unencoded: + is lost unless the site escaped it', async () => {
    const tbs = Buffer.from([0xfb, 0xef, 0xbe]).toString('base64');
    const trapped = answerOf(await throughPopup(makeSignature(tbs)));
    const escaped = answerOf(await throughPopup(makeSignature(tbs).replaceAll('+', '%2B')));
    expect([trapped['ret_code'], escaped['ret_code']]).toEqual([0, 0]);
    expect(trapped['signature']).not.toBe(escaped['signature']);
  });

  it('an untrusted site and an unknown func are answered without func', async () => {
    component.trust('demo.lianshu.invalid', false);
    expect(answerOf(await throughPopup(makeSignature('QQ==')))).toEqual({
      ret_code: 0x76000031,
      message: '非信任網站',
    });
    component.trust('demo.lianshu.invalid');
    expect(answerOf(await throughPopup('{"func":"Other"}'))).toEqual({ ret_code: 0x7600000e });
    expect(answerOf(await throughPopup('not json'))).toEqual({ ret_code: 0x7600000b });
  });

  it.each([
    ['popup-closed', 1],
    ['extension-noise', 3],
    ['slow', 2],
  ] as const)('fault %s', async (fault: ComponentFault, messages) => {
    component.fault = fault;
    expect(await throughPopup('{"func":"CheckEnvir"}')).toHaveLength(messages);
  });
});
