/** 直轄市、縣（市）: the 22 of household registration, by the first five digits of their 鄉鎮市區 codes (as of 2014-12-25). */
export const COUNTIES = {
  '63000': { 'zh-Hant-TW': '臺北市', en: 'Taipei City' },
  '65000': { 'zh-Hant-TW': '新北市', en: 'New Taipei City' },
  '68000': { 'zh-Hant-TW': '桃園市', en: 'Taoyuan City' },
  '66000': { 'zh-Hant-TW': '臺中市', en: 'Taichung City' },
  '67000': { 'zh-Hant-TW': '臺南市', en: 'Tainan City' },
  '64000': { 'zh-Hant-TW': '高雄市', en: 'Kaohsiung City' },
  '10002': { 'zh-Hant-TW': '宜蘭縣', en: 'Yilan County' },
  '10004': { 'zh-Hant-TW': '新竹縣', en: 'Hsinchu County' },
  '10005': { 'zh-Hant-TW': '苗栗縣', en: 'Miaoli County' },
  '10007': { 'zh-Hant-TW': '彰化縣', en: 'Changhua County' },
  '10008': { 'zh-Hant-TW': '南投縣', en: 'Nantou County' },
  '10009': { 'zh-Hant-TW': '雲林縣', en: 'Yunlin County' },
  '10010': { 'zh-Hant-TW': '嘉義縣', en: 'Chiayi County' },
  '10013': { 'zh-Hant-TW': '屏東縣', en: 'Pingtung County' },
  '10014': { 'zh-Hant-TW': '臺東縣', en: 'Taitung County' },
  '10015': { 'zh-Hant-TW': '花蓮縣', en: 'Hualien County' },
  '10016': { 'zh-Hant-TW': '澎湖縣', en: 'Penghu County' },
  '10017': { 'zh-Hant-TW': '基隆市', en: 'Keelung City' },
  '10018': { 'zh-Hant-TW': '新竹市', en: 'Hsinchu City' },
  '10020': { 'zh-Hant-TW': '嘉義市', en: 'Chiayi City' },
  '09020': { 'zh-Hant-TW': '金門縣', en: 'Kinmen County' },
  '09007': { 'zh-Hant-TW': '連江縣', en: 'Lienchiang County (Matsu)' },
} as const satisfies Readonly<Record<string, Readonly<{ 'zh-Hant-TW': string; en: string }>>>;

/** Code of a county; five digits. */
export type CountyCode = keyof typeof COUNTIES;

export const isCountyCode = (text: string): text is CountyCode => Object.hasOwn(COUNTIES, text);
