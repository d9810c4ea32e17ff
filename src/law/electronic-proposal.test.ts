import { expect, it } from 'vitest';
import { electronicProposal, electronicSupplement } from './electronic-proposal.ts';
import { RULE_PACKS, rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const demo = { isDemonstration: true };
const real = { isDemonstration: false };

it('is off under every pack, until a provision is cited', () => {
  for (const pack of RULE_PACKS) expect(electronicProposal(pack, real).isOn, pack.id).toBe(false);
  expect(electronicProposal(PACK, real)).toMatchObject({ citation: '公民投票法 §9 VI' });
});

it('is on with the provision that the pack or a switch cites', () => {
  const cited = {
    ...PACK,
    parameters: {
      ...PACK.parameters,
      electronicProposal: { ...PACK.parameters.electronicProposal, value: { on: '某辦法 §2' } },
    },
  } as const;
  const allowedBy = { 'zh-Hant-TW': '某辦法 §2', en: '某辦法 §2' };
  expect(electronicProposal(cited, real)).toEqual({ isOn: true, allowedBy });
  const switched = { isOn: true, citation: '某公告' };
  expect(electronicProposal(PACK, { ...real, switched })).toMatchObject({
    isOn: true,
    allowedBy: { en: '某公告' },
  });
  expect(electronicProposal(cited, { ...real, switched: { isOn: false, citation: '停止' } })).toMatchObject({
    isOn: false,
    citation: '停止',
  });
});

it('is on in a demonstration, which says that nothing allows it yet', () => {
  expect(electronicProposal(PACK, demo)).toMatchObject({
    isOn: true,
    allowedBy: { 'zh-Hant-TW': '示範：尚無法規' },
  });
  expect(electronicProposal(PACK, { ...demo, switched: { isOn: false, citation: '停用' } }).isOn).toBe(false);
  // Of the text of 2003 it is not known whether electronic proposals were thought of: not even shown.
  expect(electronicProposal(rulePack('tw.referendum.national@2003-12-31'), demo).isOn).toBe(false);
});

it('of a supplement is what it is of the proposal, and says that the law does not state it', () => {
  expect(electronicSupplement(PACK, real)).toEqual(electronicProposal(PACK, real));
  const on = electronicSupplement(PACK, demo);
  expect(on).toMatchObject({ isOn: true, allowedBy: { 'zh-Hant-TW': expect.stringContaining('專案預設') } });
  const { electronicProposerSupplement: given } = PACK.parameters;
  const parameters = {
    ...PACK.parameters,
    electronicProposerSupplement: { ...given, value: 'off' },
  } as const;
  expect(electronicSupplement({ ...PACK, parameters }, demo)).toMatchObject({
    isOn: false,
    citation: '公民投票法 §10 VII',
  });
});
