import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askCard } from './card-popup.island.ts';

const origin = 'http://localhost:61161';
type Message = Readonly<{ origin: string; source: unknown; data: unknown }>;

/** A browser of four functions: one popup, its message queue, and the clock of vitest. */
const browser = (
  popup: { closed: boolean; close: () => void; postMessage: (...sent: unknown[]) => void } | null,
) => {
  const listeners = new Set<(message: Message) => void>();
  vi.stubGlobal('window', { open: vi.fn(() => popup) });
  vi.stubGlobal('addEventListener', (_: string, run: (message: Message) => void) => listeners.add(run));
  vi.stubGlobal('removeEventListener', (_: string, run: (message: Message) => void) => listeners.delete(run));
  return {
    listeners,
    say: (data: unknown, over: Partial<Message> = {}) => {
      for (const run of [...listeners]) run({ origin, source: popup, data, ...over });
    },
  };
};

const popup = () => ({ closed: false, close: vi.fn(), postMessage: vi.fn() });

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('one request to the card component (identity.md §2.2)', () => {
  it('posts the request to the component’s origin only, once, with every + escaped', async () => {
    const window = popup();
    const { say } = browser(window);
    const asked = askCard(origin, { func: 'MakeSignature', tbs: 'a+b+c' });
    say('{"func":"getTbs"}');
    say('{"func":"getTbs"}');
    expect(window.postMessage).toHaveBeenCalledExactlyOnceWith(
      '{"func":"MakeSignature","tbs":"a%2Bb%2Bc"}',
      origin,
    );
    say('{"func":"sign","ret_code":0,"signature":"eA=="}');
    expect(await asked).toMatchObject({ ok: true, answer: { signature: 'eA==' } });
    expect(window.close).toHaveBeenCalled();
  });

  it('drops messages of other origins, other windows, other types, and broken JSON', async () => {
    const window = popup();
    const { say } = browser(window);
    const asked = askCard(origin, { func: 'CheckEnvir' });
    say('{"func":"getTbs"}', { origin: 'http://localhost:61162' });
    say('{"func":"getTbs"}', { source: {} });
    say({ func: 'getTbs' });
    say('{');
    expect(window.postMessage).not.toHaveBeenCalled();
    say('{"func":"getTbs"}');
    say('{"ret_code":0}', { origin: 'https://evil.invalid' });
    say('{"ret_code":1979711537}');
    expect(await asked).toMatchObject({ ok: false, code: 'UI_UNTRUSTED_SITE' });
  });

  it('says that the pop-up was blocked', async () => {
    browser(null);
    expect(await askCard(origin, {})).toMatchObject({ ok: false, code: 'UI_POPUP_BLOCKED' });
  });

  it('gives up after ten seconds without getTbs', async () => {
    const window = popup();
    browser(window);
    const asked = askCard(origin, {});
    await vi.advanceTimersByTimeAsync(9_900);
    expect(window.close).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(400);
    expect(await asked).toMatchObject({ ok: false, code: 'UI_NOT_INSTALLED' });
  });

  it('waits for a last message of a popup that is already closed, then calls it cancelled', async () => {
    const window = popup();
    const { say, listeners } = browser(window);
    const asked = askCard(origin, {});
    window.closed = true;
    await vi.advanceTimersByTimeAsync(400);
    say('{"func":"sign","ret_code":0}');
    expect(await asked).toMatchObject({ ok: true });
    const again = popup();
    const second = browser(again);
    const asking = askCard(origin, {});
    again.closed = true;
    await vi.advanceTimersByTimeAsync(1_200);
    expect(await asking).toMatchObject({ ok: false, code: 'UI_CANCELLED' });
    expect(listeners.size + second.listeners.size).toBe(0);
  });

  it('gives up after two minutes without an answer', async () => {
    const { say } = browser(popup());
    const asked = askCard(origin, {});
    say('{"func":"getTbs"}');
    await vi.advanceTimersByTimeAsync(121_000);
    expect(await asked).toMatchObject({ ok: false, code: 'UI_TIMEOUT' });
  });
});
