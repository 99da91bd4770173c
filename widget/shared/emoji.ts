/** The emoji that people use, what they are called, and which ones somebody used last. */

import { readItem, writeItem } from "./storage";

/** An emoji and its names, Russian and English; the first two are what a screen reader says. */
const LIST = `
😀 улыбка|smile|радость happy
😃 широкая улыбка|big smile|радость happy
😄 смеющиеся глаза|smiling eyes|радость happy
😁 сияющая улыбка|beaming|зубы grin
😆 смех|laughing|ха-ха haha
😅 улыбка с потом|sweat smile|неловко фух phew
😂 слёзы радости|tears of joy|смех lol
🤣 катаюсь от смеха|rolling on the floor|смех lol rofl
🙂 лёгкая улыбка|slight smile|
🙃 вверх ногами|upside down|ирония irony
😉 подмигивание|wink|
😊 румянец|blush|мило спасибо thanks
😇 ангел|angel|
🥰 влюблённость|in love|сердечки hearts
😍 глаза-сердечки|heart eyes|любовь love
😘 воздушный поцелуй|kiss|
😋 вкусно|yummy|еда food
😜 язык|tongue|шутка joke
🤪 чудачество|zany|
🤗 объятия|hug|спасибо thanks
🤔 раздумье|thinking|хм hmm
🤨 недоверие|doubt|бровь eyebrow
😐 без эмоций|neutral|
😏 ухмылка|smirk|
🙄 закатить глаза|eye roll|
😬 неловкость|grimace|
😌 облегчение|relieved|спокойно calm
😴 сон|sleep|устал tired
😷 маска|mask|болезнь ill
🤒 температура|fever|болезнь ill
🤯 взрыв мозга|mind blown|шок shock
🥳 праздник|party|ура hooray
😎 круто|cool|очки sunglasses
🧐 изучение|monocle|
😕 растерянность|confused|
😟 беспокойство|worried|
😮 удивление|surprised|ого wow
😳 смущение|flushed|
🥺 мольба|pleading|пожалуйста please
😢 слеза|cry|грусть sad
😭 плач|sobbing|грусть sad
😱 ужас|scream|страх fear
😤 фырканье|huff|
😡 злость|angry|
🤬 ругань|swearing|
💀 череп|skull|
💩 какашка|poop|
🤖 робот|robot|бот bot
👍 палец вверх|thumbs up|да хорошо yes good
👎 палец вниз|thumbs down|нет плохо no bad
👌 окей|OK|хорошо good
✌️ победа|victory|мир peace
🤞 удача|fingers crossed|luck
🤝 рукопожатие|handshake|договор deal
👏 аплодисменты|clapping|браво bravo
🙌 ура|raised hands|hooray
🙏 спасибо|thanks|пожалуйста please
💪 сила|strong|
👋 привет|hello|пока bye wave
✋ ладонь|hand|стоп stop
👉 указываю направо|pointing right|
👇 указываю вниз|pointing down|
☝️ внимание|pointing up|палец
✍️ пишу|writing|
🤷 не знаю|shrug|
🤦 рука-лицо|facepalm|
❤️ сердце|heart|любовь love
🧡 оранжевое сердце|orange heart|
💛 жёлтое сердце|yellow heart|
💚 зелёное сердце|green heart|
💙 синее сердце|blue heart|
💜 фиолетовое сердце|purple heart|
🖤 чёрное сердце|black heart|
💔 разбитое сердце|broken heart|
🔥 огонь|fire|круто hot
⭐ звезда|star|
✨ блеск|sparkles|
🎉 хлопушка|celebration|праздник party ура
🎁 подарок|gift|
🎂 торт|cake|день рождения birthday
🌹 роза|rose|цветок flower
💐 букет|bouquet|цветы flowers
☀️ солнце|sun|погода weather
🌧️ дождь|rain|погода weather
❄️ снежинка|snowflake|зима winter
☕ кофе|coffee|чай tea
🍕 пицца|pizza|еда food
🍻 пиво|beer|
🚗 машина|car|авто
🚚 доставка|delivery|грузовик truck
✈️ самолёт|plane|полёт flight
🏠 дом|home|house
🏢 офис|office|здание building
📞 телефон|phone|звонок call
📱 смартфон|smartphone|мобильный mobile
💻 ноутбук|laptop|компьютер computer
📧 письмо|mail|почта email
📎 скрепка|paperclip|файл file
📄 документ|document|бумага paper
📦 посылка|parcel|заказ order package
📅 календарь|calendar|дата date
⏰ будильник|alarm|время time
⏳ песочные часы|hourglass|ждать wait
📍 место|place|адрес address
🔑 ключ|key|
🔒 замок|lock|
🔧 ключ гаечный|wrench|ремонт repair
💡 идея|idea|лампа lamp
💰 деньги|money|оплата payment
💳 карта|card|оплата payment
🧾 чек|receipt|оплата payment
🛒 корзина|cart|покупка shopping
✅ готово|done|да галочка check yes
❌ нет|no|крестик cross
❗ восклицание|exclamation|важно important
❓ вопрос|question|
⚠️ предупреждение|warning|внимание
💯 сто|hundred|
👀 глаза|eyes|смотрю look
🐱 кот|cat|кошка
🐶 собака|dog|
🇷🇺 Россия|Russia|флаг flag`;

export interface Emoji {
  char: string;
  /** Russian, then English. */
  names: readonly [string, string];
  /** All it can be found by, in small letters. */
  words: string;
}

export const EMOJI: readonly Emoji[] = LIST.trim()
  .split("\n")
  .map((line) => {
    const [char = ""] = line.split(" ", 1);
    const [ru = "", en = "", more = ""] = line.slice(char.length + 1).split("|");
    return { char, names: [ru, en], words: `${ru} ${en} ${more}`.toLowerCase() };
  });

const KEY = "messenger:emoji";
const RECENT = 8;

/** What was used last, newest first. */
export function recentEmoji(): Emoji[] {
  const chars = (readItem(KEY) ?? "").split(" ");
  return chars.flatMap((char) => EMOJI.find((one) => one.char === char) ?? []).slice(0, RECENT);
}

export function rememberEmoji(char: string): void {
  const others = recentEmoji().filter((one) => one.char !== char);
  const chars = [char, ...others.map((one) => one.char)].slice(0, RECENT);
  writeItem(KEY, chars.join(" "));
}

/** Those of which each word that was typed begins a name; without words, all, those used last first. */
export function findEmoji(query: string): Emoji[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!typed.length) {
    const recent = recentEmoji();
    return [...recent, ...EMOJI.filter((one) => !recent.includes(one))];
  }
  return EMOJI.filter(({ words }) => typed.every((word) => ` ${words}`.includes(` ${word}`)));
}

/** Where an arrow leads in a grid; null: out of it, or no arrow. */
export function moveInGrid(
  key: string,
  at: number,
  { columns, count, rtl }: { columns: number; count: number; rtl: boolean },
): number | null {
  const steps: Record<string, number> = {
    ArrowRight: rtl ? -1 : 1,
    ArrowLeft: rtl ? 1 : -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -at,
    End: count - 1 - at,
  };
  const step = steps[key];
  const to = at + (step ?? 0);
  return step === undefined || to < 0 || to >= count ? null : to;
}
