import type { FastifyInstance } from 'fastify';
import { electorBaseOn, electronicProposal, known, required } from '../law/index.ts';
import {
  type CollectFault,
  collectFaults,
  collectProposers,
  publishedDraft,
  refusedNames,
} from './collect.ts';
import { CollectPage, type CollectView } from './collect-page.tsx';
import type { DraftVersion } from './draft-store.ts';
import { draftingMessages } from './drafting-messages.ts';
import type { LeadName } from './lead-name.ts';
import { type Asked, formOf, type PageContext, versionOf } from './page-context-routes.tsx';

/** What the law says of collecting, on the page that asks for the decision. */
async function lawOf(pages: PageContext) {
  const { pack, today } = pages;
  const { isDemo, switched } = pages.deps.collect;
  const base = electorBaseOn(today);
  if (base === undefined) throw new RangeError(`No presidential election is known before ${today}`);
  const electronic = electronicProposal(pack, {
    isDemonstration: isDemo,
    switched: await switched?.(today),
  });
  return {
    required: Number(required(base.electors, known(pack, 'proposalRate', today))),
    electors: Number(base.electors),
    months: known(pack, 'proposalCollectMonths', today),
    allowedBy: electronic.isOn ? electronic.allowedBy : undefined,
    ...(electronic.isOn ? {} : { refusal: { citation: electronic.citation, instead: electronic.instead } }),
  };
}

const nameFrom = (typed: string | undefined): string =>
  (typed ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .trim();

/** `…/collect`: shows exactly what becomes public; the lead proposer alone confirms it. */
export function collectRoutes(server: FastifyInstance, url: string, pages: PageContext): void {
  const { deps } = pages;

  async function show(
    asked: Asked,
    version: DraftVersion,
    more: Partial<
      Pick<CollectView, 'name' | 'faults' | 'names' | 'isSure' | 'isSureMissing' | 'changed' | 'refusal'>
    >,
    status: number,
  ) {
    const view: CollectView = {
      version,
      ...publishedDraft(version.text, pages.pack),
      hints: pages.hints(version.text),
      like: await pages.like(asked.open, version.text),
      ...(await lawOf(pages)),
      isDemo: deps.collect.isDemo,
      name: { zh: '', en: '' },
      faults: collectFaults(version.text, undefined),
      names: [],
      isSure: false,
      isSureMissing: false,
      ...more,
    };
    return pages.send(asked, {
      title: draftingMessages(asked.language).collectTitle,
      status,
      body: <CollectPage frame={await pages.frame(asked, 'collect')} view={view} />,
    });
  }

  async function page(asked: Asked) {
    const { open, reply, path } = asked;
    if (open.role !== 'lead') return reply.refuse({ code: 'not-found' });
    if (open.draft.frozen !== undefined || open.newest === undefined) return pages.goTo(asked, path);
    return show(asked, open.newest, {}, 200);
  }

  async function confirm(asked: Asked) {
    const { open, person, request, reply, path } = asked;
    if (open.role !== 'lead') return reply.refuse({ code: 'not-found' });
    const { newest } = open;
    if (open.draft.frozen !== undefined || newest === undefined) return pages.goTo(asked, path);
    const values = formOf(request);
    const name: LeadName = { zh: nameFrom(values['nameZh']), en: nameFrom(values['nameEn']) };
    const version = versionOf(values['version']) ?? 0;
    if (version !== newest.version) return show(asked, newest, { name, changed: newest.version }, 409);
    const faults: readonly CollectFault[] = collectFaults(newest.text, name);
    const isSure = values['sure'] === 'yes';
    if (faults.length > 0 || !isSure) {
      const isForm = faults.every(({ field }) => field === 'nameZh' || field === 'nameEn');
      const names = isForm ? await refusedNames(deps.collect, person, name) : [];
      return show(asked, newest, { name, faults, names, isSure, isSureMissing: !isSure }, 422);
    }
    const outcome = await collectProposers(deps.collect, person, {
      draft: open.draft.id,
      version,
      name,
      pack: pages.pack,
    });
    switch (outcome.kind) {
      case 'opened':
      case 'frozen':
        return pages.goTo(asked, path);
      case 'changed': {
        const now = await deps.drafting.version(open.draft, outcome.newest);
        if (now === undefined) return reply.refuse({ code: 'not-found' });
        return show(asked, now, { name, changed: now.version }, 409);
      }
      case 'faults':
        return show(asked, newest, { name, isSure, faults: outcome.faults }, 422);
      case 'names':
        return show(asked, newest, { name, isSure, names: outcome.refusals }, 422);
      default:
        return show(asked, newest, { name, isSure, refusal: outcome.refusal }, 422);
    }
  }

  server.get(`${url}/collect`, pages.ofDraft(page));
  server.post(`${url}/collect`, pages.ofDraft(confirm));
}
