import type { Localised } from '../platform/http/problem.ts';

/**
 * Legal tier of a method (電子簽章法). `digital-signature`: presumed to be signed by the person (§6), which
 * meets 親自簽名或蓋章. `electronic-signature`: valid without that presumption (§§2, 4). `unconfirmed`: depends
 * on contracts or approvals we have not seen.
 */
export type LegalTier = 'digital-signature' | 'electronic-signature' | 'unconfirmed';

/** A way to sign. Only enabled ones are offered and accepted; the others are listed so that pages can say why not. */
export interface SigningMethod {
  readonly id: 'card' | 'phone' | 'wallet' | 'twca';
  readonly name: Localised;
  /** What the person must have at hand. */
  readonly needs: Localised;
  readonly tier: LegalTier;
  readonly isEnabled: boolean;
  /** Why it is not offered; absent when enabled. */
  readonly whyNot?: Localised;
  readonly legalBasis: Localised;
  /** Shapes of electronic signature this method produces (identity.md §9). */
  readonly forms: readonly ('cms-attached' | 'cms-detached' | 'pkcs1')[];
}

const CREDENTIAL_ARTICLE = {
  'zh-Hant-TW': '全國性公民投票電子連署及查對作業辦法第5條；電子簽章法第6條',
  en: 'Regulations on Electronic Joint Signatures and Checks, Article 5; Electronic Signatures Act, Article 6',
};

/** 簽署方式: rule data, in the order pages show them. Opening one takes an entry in docs/law/divergences.md. */
export const SIGNING_METHODS: readonly SigningMethod[] = [
  {
    id: 'card',
    name: { 'zh-Hant-TW': '自然人憑證 IC 卡', en: 'Citizen Digital Certificate card' },
    needs: {
      'zh-Hant-TW': '自然人憑證、讀卡機、裝有 HiPKI 元件的電腦，以及您的 PIN 碼。',
      en: 'Your card and its PIN, a card reader, and a computer with the HiPKI component.',
    },
    tier: 'digital-signature',
    isEnabled: true,
    legalBasis: CREDENTIAL_ARTICLE,
    forms: ['cms-attached', 'cms-detached', 'pkcs1'],
  },
  {
    id: 'phone',
    name: { 'zh-Hant-TW': '行動自然人憑證', en: 'Mobile citizen certificate (TW FidO)' },
    needs: {
      'zh-Hant-TW': '已申辦行動自然人憑證的手機。',
      en: 'A phone registered for the mobile citizen certificate.',
    },
    tier: 'digital-signature',
    isEnabled: false,
    whyNot: {
      'zh-Hant-TW': '「自然人憑證」是否包含行動自然人憑證，仍待中央選舉委員會釋示。',
      en: 'Whether “citizen certificate” includes the mobile one awaits a ruling of the Central Election Commission.',
    },
    legalBasis: CREDENTIAL_ARTICLE,
    forms: ['pkcs1', 'cms-attached'],
  },
  {
    id: 'wallet',
    name: { 'zh-Hant-TW': '數位憑證皮夾', en: 'Digital credential wallet' },
    needs: { 'zh-Hant-TW': '裝有數位憑證皮夾的手機。', en: 'A phone with the digital credential wallet.' },
    tier: 'electronic-signature',
    isEnabled: false,
    whyNot: {
      'zh-Hant-TW': '皮夾沒有可證明國民身分的憑證，也不會顯示要簽的全文，不具推定親自簽名的效力。',
      en: 'It holds no credential that proves citizenship and does not show the text to be signed; no presumption of a personal signature.',
    },
    legalBasis: {
      'zh-Hant-TW': '電子簽章法第2條、第4條',
      en: 'Electronic Signatures Act, Articles 2 and 4',
    },
    forms: [],
  },
  {
    id: 'twca',
    name: { 'zh-Hant-TW': '金融憑證（臺灣網路認證）', en: 'Financial certificate (TWCA)' },
    needs: { 'zh-Hant-TW': '證券或銀行核發的憑證。', en: 'A certificate issued through a bank or broker.' },
    tier: 'unconfirmed',
    isEnabled: false,
    whyNot: {
      'zh-Hant-TW': '金融憑證的使用範圍受契約限制，目前沒有可用於連署的法律依據。',
      en: 'Its use is limited by contract; there is no legal basis for joint signatures today.',
    },
    legalBasis: CREDENTIAL_ARTICLE,
    forms: [],
  },
];

/** Whether an enabled method produces signatures of this shape (check 1 of LIANSHU-VP/1: `E_METHOD_DISABLED`). */
export function acceptsForm(
  methods: readonly SigningMethod[],
  form: SigningMethod['forms'][number],
): boolean {
  return methods.some(({ isEnabled, forms }) => isEnabled && forms.includes(form));
}
