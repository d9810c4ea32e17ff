import type { SimulatedCard } from '../cards/card.ts';
import { CONTROL_POLICY } from '../control-style.ts';
import {
  listenWithOutages,
  page,
  type RunningServer,
  type SimulatedRequest,
  type SimulatedResponse,
  sameOrigin,
} from '../loopback.ts';
import { textBitmap } from './bitmap.ts';
import type { ComponentAnswer, SimulatedCardComponent } from './card-component.ts';
import { RET } from './codes.ts';
import { applyControl } from './control.ts';
import { controlPage } from './control-page.ts';
import { POPUP_POLICY, popupPage } from './popup-page.ts';
import { ADD_DOMAIN_POLICY, addDomainPage, selfTestPage, WAITING_GIF } from './small-pages.ts';

export const CARD_COMPONENT_PORT = 61161;

/** Delay of the fault `slow`: longer than the 3.5 s after which sites give up. */
const SLOW_MS = 4_500;

/** Time for which the page's button makes the component absent. */
const ABSENT_MS = 60_000;

/** The running component. */
export type CardComponentServer = RunningServer & {
  readonly component: SimulatedCardComponent;
  /** Stops listening, as if the component were not installed, until {@link comeBack}. */
  goAbsent(): Promise<void>;
  comeBack(): Promise<void>;
};

export type CardComponentServerOptions = {
  /** 61161 unless told; 0 takes a free port. Pages expect 61161. */
  readonly port?: number;
  /** Cards offered on the component's page; asked at each view. */
  readonly drawer?: () => readonly SimulatedCard[];
  /** Delay of the fault `slow`, for tests. */
  readonly slowMs?: number;
};

/**
 * Starts the component's local server: every path of identity.md §2.1, plain HTTP on the loopback interface,
 * no CORS headers, and its own page at `/` for people (marked as a simulator).
 */
export async function startCardComponent(
  component: SimulatedCardComponent,
  options: CardComponentServerOptions = {},
): Promise<CardComponentServer> {
  const drawer = options.drawer ?? (() => []);
  const slowMs = options.slowMs ?? SLOW_MS;
  let comingBack: NodeJS.Timeout | undefined;

  const handle = (request: SimulatedRequest): SimulatedResponse => {
    const key = `${request.method === 'HEAD' ? 'GET' : request.method} ${request.path}`;
    switch (key) {
      case 'GET /popupForm':
      case 'GET /ChtPopupForm':
        return page(popupPage(popupBehaviour(component, slowMs)), POPUP_POLICY);
      case 'POST /pkcs11info':
      case 'GET /pkcs11info':
        return json(component.pkcs11Info(caller(request), request.query.get('withcert') === 'true'));
      case 'POST /sign':
        return json(component.sign(caller(request), request.body));
      case 'POST /umakeSig':
        return json(component.umakeSig(caller(request), request.body));
      case 'POST /decrypt':
        return json(component.decrypt(caller(request), request.body));
      case 'POST /CardManagement/sendCardCommand':
        return json({ ret_code: RET.unsupported });
      case 'GET /p11Image.bmp':
        return { type: 'image/bmp', body: environmentPicture(component, request) };
      case 'GET /addDomain':
        return page(addDomainPage(request.query.get('domain') ?? ''), ADD_DOMAIN_POLICY);
      case 'POST /addDomain':
        return addDomain(component, request);
      case 'GET /selfTest.htm':
        return page(selfTestPage(), "default-src 'none'; style-src 'unsafe-inline'");
      case 'GET /waiting.gif':
        return { type: 'image/gif', body: WAITING_GIF };
      case 'GET /':
        return page(controlPage(component, drawer()), CONTROL_POLICY);
      case 'POST /control':
        return control(request);
      default:
        return { status: 404, type: 'text/plain; charset=utf-8', body: 'not found' };
    }
  };

  const server = await listenWithOutages(handle, options.port ?? CARD_COMPONENT_PORT, 'localhost');

  async function comeBack(): Promise<void> {
    clearTimeout(comingBack);
    await server.comeBack();
  }

  function control(request: SimulatedRequest): SimulatedResponse {
    if (!sameOrigin(request))
      return { status: 403, type: 'text/plain; charset=utf-8', body: 'same origin only' };
    const form = new URLSearchParams(request.body.toString('utf8'));
    if (form.get('action') === 'absent') {
      setImmediate(() => void server.goDown());
      comingBack = setTimeout(() => void comeBack(), ABSENT_MS).unref();
    } else {
      applyControl(component, drawer(), form);
    }
    return { status: 303, headers: { location: '/' } };
  }

  async function close(): Promise<void> {
    clearTimeout(comingBack);
    await server.close();
  }

  const { url, port, goDown } = server;
  return { url, port, component, close, goAbsent: goDown, comeBack };
}

/** Host of the page that asks: named by the bridge page, else by the browser. Unnamed is untrusted. */
function caller(request: SimulatedRequest): string | undefined {
  const named = request.headers['x-opener-origin'] ?? request.headers.origin ?? request.headers.referer;
  const text = Array.isArray(named) ? named[0] : named;
  return text !== undefined && URL.canParse(text) ? new URL(text).hostname : undefined;
}

function popupBehaviour(component: SimulatedCardComponent, slowMs: number): Parameters<typeof popupPage>[0] {
  return {
    readyAfterMs: component.fault === 'slow' ? slowMs : 0,
    closesEarly: component.fault === 'popup-closed',
    noisy: component.fault === 'extension-noise',
  };
}

function environmentPicture(component: SimulatedCardComponent, request: SimulatedRequest): Uint8Array {
  if (component.fault === 'timeout') return textBitmap('');
  return textBitmap(JSON.stringify(component.pkcs11Info(caller(request), false)));
}

function addDomain(component: SimulatedCardComponent, request: SimulatedRequest): SimulatedResponse {
  if (!sameOrigin(request)) return { status: 403 };
  const form = new URLSearchParams(request.body.toString('utf8'));
  const domain = form.get('domain') ?? '';
  if (!/^[a-z0-9.-]{1,253}$/i.test(domain)) return json({ ret_code: RET.parameterError });
  component.trust(domain.toLowerCase());
  return json({ ret_code: RET.ok });
}

function json(answer: ComponentAnswer): SimulatedResponse {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(answer) };
}
