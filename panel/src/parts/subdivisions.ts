/** Subdivisions of Russia (ISO 3166-2) in words, short enough for a list: browsers know countries only. */

import type { Language } from "@shared/i18n";

type Names = Record<Language, string>;

const RUSSIA: Record<string, Names> = Object.fromEntries(
  `AD Адыгея Adygea|AL Республика_Алтай Altai_Republic|ALT Алтайский_край Altai_Krai
AMU Амурская_обл. Amur_Oblast|ARK Архангельская_обл. Arkhangelsk_Oblast|AST Астраханская_обл. Astrakhan_Oblast
BA Башкортостан Bashkortostan|BEL Белгородская_обл. Belgorod_Oblast|BRY Брянская_обл. Bryansk_Oblast
BU Бурятия Buryatia|CE Чечня Chechnya|CHE Челябинская_обл. Chelyabinsk_Oblast|CHU Чукотка Chukotka
CU Чувашия Chuvashia|DA Дагестан Dagestan|IN Ингушетия Ingushetia|IRK Иркутская_обл. Irkutsk_Oblast
IVA Ивановская_обл. Ivanovo_Oblast|KAM Камчатский_край Kamchatka_Krai|KB Кабардино-Балкария Kabardino-Balkaria
KC Карачаево-Черкесия Karachay-Cherkessia|KDA Краснодарский_край Krasnodar_Krai|KEM Кемеровская_обл. Kemerovo_Oblast
KGD Калининградская_обл. Kaliningrad_Oblast|KGN Курганская_обл. Kurgan_Oblast|KHA Хабаровский_край Khabarovsk_Krai
KHM Югра Khanty-Mansi|KIR Кировская_обл. Kirov_Oblast|KK Хакасия Khakassia|KL Калмыкия Kalmykia
KLU Калужская_обл. Kaluga_Oblast|KO Коми Komi|KOS Костромская_обл. Kostroma_Oblast|KR Карелия Karelia
KRS Курская_обл. Kursk_Oblast|KYA Красноярский_край Krasnoyarsk_Krai|LEN Ленинградская_обл. Leningrad_Oblast
LIP Липецкая_обл. Lipetsk_Oblast|MAG Магаданская_обл. Magadan_Oblast|ME Марий_Эл Mari_El|MO Мордовия Mordovia
MOS Московская_обл. Moscow_Oblast|MOW Москва Moscow|MUR Мурманская_обл. Murmansk_Oblast
NEN Ненецкий_АО Nenets|NGR Новгородская_обл. Novgorod_Oblast|NIZ Нижегородская_обл. Nizhny_Novgorod_Oblast
NVS Новосибирская_обл. Novosibirsk_Oblast|OMS Омская_обл. Omsk_Oblast|ORE Оренбургская_обл. Orenburg_Oblast
ORL Орловская_обл. Oryol_Oblast|PER Пермский_край Perm_Krai|PNZ Пензенская_обл. Penza_Oblast
PRI Приморский_край Primorsky_Krai|PSK Псковская_обл. Pskov_Oblast|ROS Ростовская_обл. Rostov_Oblast
RYA Рязанская_обл. Ryazan_Oblast|SA Якутия Yakutia|SAK Сахалинская_обл. Sakhalin_Oblast
SAM Самарская_обл. Samara_Oblast|SAR Саратовская_обл. Saratov_Oblast|SE Северная_Осетия North_Ossetia
SMO Смоленская_обл. Smolensk_Oblast|SPE Санкт-Петербург Saint_Petersburg|STA Ставропольский_край Stavropol_Krai
SVE Свердловская_обл. Sverdlovsk_Oblast|TA Татарстан Tatarstan|TAM Тамбовская_обл. Tambov_Oblast
TOM Томская_обл. Tomsk_Oblast|TUL Тульская_обл. Tula_Oblast|TVE Тверская_обл. Tver_Oblast|TY Тыва Tuva
TYU Тюменская_обл. Tyumen_Oblast|UD Удмуртия Udmurtia|ULY Ульяновская_обл. Ulyanovsk_Oblast
VGG Волгоградская_обл. Volgograd_Oblast|VLA Владимирская_обл. Vladimir_Oblast|VLG Вологодская_обл. Vologda_Oblast
VOR Воронежская_обл. Voronezh_Oblast|YAN Ямало-Ненецкий_АО Yamalo-Nenets|YAR Ярославская_обл. Yaroslavl_Oblast
YEV Еврейская_АО Jewish_AO|ZAB Забайкальский_край Zabaykalsky_Krai`
    .split(/[|\n]/)
    .map((line) => line.split(" ").map((word) => word.replaceAll("_", " ")))
    .map(([code = "", ru = code, en = code]) => [`RU-${code}`, { ru, en }]),
);

export function subdivisionName(code: string, language: Language): string | undefined {
  return RUSSIA[code]?.[language];
}
