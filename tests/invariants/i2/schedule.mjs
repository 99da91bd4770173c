/**
 * Random schedules of what people do and of what a network does to it. After each of them the network is well again,
 * and every screen must soon show what the server has: at the latest when one ping has been asked and answered. What
 * must be quicker than that is tried by itself in some of them (`trials`), or a ping would hide that it is missing.
 *
 * `node schedule.mjs SEED COUNT [OTHERWISE]`
 */

import { isDeepStrictEqual } from "node:util";
import { Desk, Tab } from "./people.mjs";
import { World } from "./world.mjs";

const [seed, count] = process.argv.slice(2).map(Number);

/** Then everybody begins anew, lest conversations grow long. */
const PER_WORLD = 20;
const WELL = { lost: 0, twice: 0, refused: 0, slow: 40 };
/** A widget's silence, a pong that does not come, and the longest backoff behind it. */
const ONE_PING_MS = 90_000 + 10_000 + 30_000 + 5_000;
const LOOK_MS = 2_500;
/** The longest pause between two polls, and what they take. */
const POLL_MS = 30_000 + 3_000;
/** Of so many schedules some have a trial at their end. */
const EVERY = 100;
const HOUR = 3_600_000;
/** So many messages of a thread are compared. */
const NEWEST = 20;

class Day {
  texts = 0;

  constructor(number) {
    this.world = new World(Date.parse("2100-03-01T09:00:00Z"), seed * 1_000_003 + number);
    this.world.tell({ op: "found" });
    this.luck = this.world.luck;
    const vera = new Tab(this.world, "vera");
    this.visitors = [vera, new Tab(this.world, "vera's other tab", vera.profile)];
    this.operators = [
      new Desk(this.world, "anna", "anna"),
      new Desk(this.world, "anna at home", "anna"),
      new Desk(this.world, "oleg", "oleg"),
      new Desk(this.world, "elena", "elena", "all"),
    ];
    this.everybody = [...this.visitors, ...this.operators];
  }

  // ------------------------------------------------------------------ what happens

  acts = [
    [6, () => this.tab().says(this.text())],
    [2, () => this.tab().says(this.text(), this.text(), this.text())],
    [5, () => this.desk().says(this.text())],
    [1, () => this.desk().says(this.text(), this.text(), this.text())],
    [4, () => this.opens(this.desk())],
    [3, () => this.desk().looks()],
    [2, () => this.desk().does("take")],
    [1, () => this.desk().does("takeOver")],
    [1, () => this.desk().does("close")],
    [2, () => this.desk().does("transfer", this.target(), null, true)],
    [1, () => this.luck.among(this.everybody).reload()],
    [0.3, () => this.world.tell({ op: "retain" })],
  ];

  troubles = [
    [3, () => this.weather({ lost: 0.3, twice: 0.3, refused: 0.1, slow: 3_000 })],
    [2, () => this.weather({ lost: 0.8, twice: 0, refused: 0.3, slow: 500 })],
    [2, () => this.weather({ lost: 0, twice: 1, refused: 0, slow: 5_000 })],
    [3, () => this.page().freeze()],
    [2, () => this.page().block()],
    [1, () => this.page().sleep()],
    [0.5, () => this.night()],
    [3, () => this.socket()?.die()],
    [3, () => this.socket()?.hangUp()],
    [1, () => this.cut()],
  ];

  /** At two hours, unless it was renewed, the gateway ends a socket: here all at once. */
  cut() {
    for (const socket of [...this.world.sockets.values()]) socket.hangUp();
  }

  /** Everybody's machine sleeps for hours. */
  async night() {
    for (const { page } of this.everybody) page.sleep();
    await this.world.pass(3 * HOUR);
    for (const { page } of this.everybody) page.recover();
  }

  weather(weather) {
    this.world.weather = weather;
  }

  opens(desk) {
    const row = this.luck.among([...desk.rows("mine"), ...desk.rows("queue"), ...desk.rows()]);
    if (row) desk.opens(row.id);
  }

  text = () => `text ${++this.texts}.`;
  tab = () => this.luck.among(this.visitors);
  desk = () => this.luck.among(this.operators);
  page = () => this.luck.among(this.everybody).page;
  socket = () => this.luck.among([...this.world.sockets.values()]);
  target = () =>
    this.luck.among([{ operator_id: "anna" }, { operator_id: "oleg" }, { branch_id: "ekb" }]);

  any(choices) {
    let left = this.luck.random() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, act] of choices) {
      left -= weight;
      if (left < 0) return act();
    }
  }

  /** What is wrong in the end; null when nothing is. */
  async schedule(number) {
    const { luck, world } = this;
    for (let trouble = luck.below(2); trouble >= 0; trouble -= 1) {
      if (luck.chance(0.8)) await this.any(this.troubles);
      for (let acts = luck.below(2); acts >= 0; acts -= 1) {
        this.any(this.acts);
        await world.pass(luck.below(6_000));
      }
    }
    this.weather(WELL);
    for (const { page } of this.everybody) page.recover();
    const until = world.now + ONE_PING_MS;
    let wrong;
    do {
      await world.pass(LOOK_MS);
      wrong = this.difference();
    } while (wrong && world.now < until);
    if (wrong) return wrong;
    this.world.pongsLate = 0;
    const trial = this.trials[number % EVERY];
    return (await trial?.()) ?? this.misplaced();
  }

  // ------------------------------------------------------------------ what is quick

  trials = {
    1: () => this.comesBack(),
    3: () => this.missesOne(),
    5: () => this.polls(),
    7: () => this.disorder(),
    9: () => this.triesAgain(),
    11: () => this.reloads(),
    13: () => this.inARow(),
    15: () => this.goesOnElsewhere(),
    17: () => this.asksAgain(),
    19: () => this.overtaken(),
  };

  /** Who has the conversation before her eyes; null where somebody has no socket even now. */
  async watched() {
    const [vera] = this.visitors;
    const reached = () => this.everybody.every(({ page }) => this.world.reaches(page));
    if (!reached()) {
      // One is dead, and nobody knows it yet.
      this.cut();
      await this.world.pass(5_000);
    }
    if (!reached()) return null;
    if (vera.widget.conversation.current.value?.status !== "open") {
      vera.says(this.text());
      await this.world.pass(2_000);
    }
    const { value } = vera.widget.conversation.current;
    if (!value) return null;
    const elena = this.operators.at(-1);
    elena.opens(value.id);
    await this.world.pass(1_000);
    return elena;
  }

  /** Who has it before her eyes, and as hers. */
  async held() {
    const elena = await this.watched();
    elena?.does("takeOver");
    await this.world.pass(1_000);
    return elena;
  }

  /** Who comes back asks for what was missed, and waits for no pong to tell of it. */
  async comesBack() {
    if (!(await this.watched())) return null;
    this.world.pongsLate = 8_000;
    for (const { page } of this.everybody) page.block();
    this.cut();
    this.tab().says(this.text());
    await this.world.pass(300);
    for (const { page } of this.everybody) page.recover();
    await this.world.pass(5_000);
    const wrong = this.difference();
    this.world.pongsLate = 0;
    await this.world.pass(10_000);
    return wrong && { trial: "comes back", ...wrong };
  }

  /** One message is lost; the next one shows that, and brings both. */
  async missesOne() {
    const elena = await this.watched();
    if (!elena) return null;
    this.world.deaf = true;
    this.visitors[0].says(this.text());
    await this.world.pass(1_000);
    this.world.deaf = false;
    this.visitors[0].says(this.text());
    await this.world.pass(2_000);
    for (const one of [elena, this.visitors[1]]) {
      const { name, screen } = one;
      const [truth] = this.truths([one]);
      const wrong = screen && firstDifference(newest(plain(screen)).messages, truth.messages);
      if (wrong) return { trial: "misses one", name, ...wrong };
    }
    return null;
  }

  /** Where no socket comes through, polling brings everything. */
  async polls() {
    if (!(await this.watched())) return null;
    for (const { page } of this.everybody) page.block();
    this.cut();
    await this.world.pass(20_000);
    this.tab().says(this.text());
    await this.world.pass(POLL_MS);
    const wrong = this.difference();
    for (const { page } of this.everybody) page.recover();
    return wrong && { trial: "polls", ...wrong };
  }

  /** Nothing is lost: late, twice and in another order it is the same, before any pong tells. */
  async disorder() {
    const elena = await this.watched();
    if (!elena) return null;
    this.weather({ ...WELL, twice: 1, slow: 500 });
    this.world.newsLate = this.world.pongsLate = 7_000;
    this.tab().says(this.text());
    elena.does("takeOver");
    await this.world.pass(1_500);
    this.tab().says(this.text());
    elena.says(this.text(), this.text());
    await this.world.pass(1_500);
    this.tab().says(this.text());
    elena.looks();
    elena.does("transfer", { operator_id: "oleg" }, null, true);
    await this.world.pass(9_000);
    this.world.newsLate = this.world.pongsLate = 0;
    this.weather(WELL);
    const wrong = this.difference([...this.visitors, elena]);
    await this.world.pass(8_000);
    return wrong && { trial: "disorder", ...wrong };
  }

  /** What was refused once goes out though nothing else happens: no line breaks, and there is no other tab. */
  async triesAgain() {
    const elena = await this.held();
    if (!elena) return null;
    const [tab, other] = this.visitors;
    other.page.close();
    this.weather({ ...WELL, refused: 1 });
    for (const one of [tab, elena]) {
      // The line is to be replaced, so that a request is made instead.
      one.page.dispatchEvent(new Event("online"));
      one.says(this.text());
    }
    await this.world.pass(200);
    this.weather(WELL);
    await this.world.pass(5_000);
    const wrong = this.misplaced();
    other.reload();
    return wrong && { trial: "tries again", ...wrong };
  }

  /** What was written is sent, also where every page that knew of it is gone before anybody else heard of it. */
  async reloads() {
    const elena = await this.held();
    if (!elena) return null;
    this.tab().says(this.text());
    elena.says(this.text());
    for (const one of [...this.visitors, elena]) one.reload();
    await this.world.pass(8_000);
    const wrong = this.misplaced();
    return wrong && { trial: "reloads", ...wrong };
  }

  /** Over a good network each of several replies is asked for once. */
  async inARow() {
    const elena = await this.held();
    if (!elena) return null;
    const before = this.world.replies;
    const texts = [this.text(), this.text(), this.text()];
    elena.says(...texts);
    await this.world.pass(3_000);
    const asked = this.world.replies - before;
    return asked === texts.length ? null : { trial: "in a row", asked };
  }

  /** What ended before her eyes, and went on with somebody else unheard: the next pong takes it away. */
  async goesOnElsewhere() {
    const elena = await this.watched();
    if (!elena) return null;
    const [anna] = this.operators;
    elena.does("transfer", { operator_id: "anna" }, null, true);
    await this.world.pass(1_000);
    anna.opens(elena.viewed);
    await this.world.pass(1_000);
    anna.does("close");
    await this.world.pass(1_000);
    this.world.deaf = true;
    this.visitors[0].says(this.text());
    await this.world.pass(1_000);
    elena.does("takeOver");
    await this.world.pass(1_000);
    this.world.deaf = false;
    await this.world.pass(ONE_PING_MS);
    const wrong = this.difference();
    return wrong && { trial: "goes on elsewhere", ...wrong };
  }

  /** What was missed, and could not be fetched when that showed, comes with the next ping. */
  async asksAgain() {
    const elena = await this.held();
    if (!elena) return null;
    this.world.deaf = true;
    elena.says(this.text());
    await this.world.pass(1_000);
    this.world.deaf = false;
    this.weather({ ...WELL, refused: 1 });
    elena.says(this.text());
    await this.world.pass(1_000);
    this.weather(WELL);
    await this.world.pass(ONE_PING_MS);
    const wrong = this.difference();
    return wrong && { trial: "asks again", ...wrong };
  }

  /** A message that comes behind a later one changes nothing. */
  async overtaken() {
    const elena = await this.held();
    if (!elena) return null;
    this.world.newsLate = 7_000;
    this.visitors[0].says(this.text());
    elena.says(this.text());
    await this.world.pass(500);
    this.world.newsLate = 0;
    this.visitors[0].says(this.text());
    await this.world.pass(8_000);
    const wrong = this.difference();
    return wrong && { trial: "overtaken", ...wrong };
  }

  /** Hours in which nothing is wrong: no socket that is in use grows so old that the gateway cuts it. */
  async hours() {
    const [{ page: open }] = this.visitors;
    for (const { page } of this.everybody) if (page !== open) page.sleep();
    const before = this.world.cut;
    await this.world.pass(2.5 * HOUR);
    for (const { page } of this.everybody) page.recover();
    return this.world.cut > before ? { trial: "hours", cut: this.world.cut - before } : null;
  }

  // ------------------------------------------------------------------ what must be

  /** A screen that shows otherwise than the server has it. */
  difference(among = this.everybody) {
    const screens = among.map((one) => one.screen);
    const busy = among.find((_, place) => !screens[place]);
    if (busy) return { name: busy.name, why: "something is on its way" };
    const truths = this.truths(among);
    for (const [place, { name }] of among.entries()) {
      const wrong = firstDifference(newest(plain(screens[place])), truths[place]);
      if (wrong) return { name, ...wrong };
    }
    return null;
  }

  truths(among) {
    return this.world.tell({ op: "truths", asked: among.map(({ asks }) => asks) });
  }

  /** A sender whose texts were not stored once each and in their order, without being told. */
  misplaced() {
    const stored = this.world.tell({ op: "texts" });
    for (const one of this.everybody) {
      const refused = new Set(one.refused);
      const kept = one.said.filter(({ text }) => !refused.has(text));
      for (const talk of new Set(kept.map((each) => each.talk))) {
        const wanted = kept.filter((each) => each.talk === talk).map(({ text }) => text);
        const found = stored.filter((text) => wanted.includes(text));
        const due = talk && one.lost(talk) ? wanted.filter((text) => found.includes(text)) : wanted;
        if (!isDeepStrictEqual(found, due)) return { name: one.name, screen: found, truth: due };
      }
      one.forgets();
    }
    return null;
  }
}

/** A page that was open long shows more of the past than a fresh one. */
function newest(shown) {
  return { ...shown, messages: shown.messages?.slice(-NEWEST) ?? null };
}

/** Where two screens differ. */
function firstDifference(screen, truth, path = "") {
  if (isDeepStrictEqual(screen, truth)) return null;
  const parts = [screen, truth].every((each) => each && typeof each === "object");
  const names = parts ? new Set([screen, truth].flatMap(Object.keys)) : [];
  for (const name of names) {
    const wrong = firstDifference(screen[name], truth[name], `${path}.${name}`);
    if (wrong) return wrong;
  }
  return { path, screen, truth };
}

const plain = (value) => JSON.parse(JSON.stringify(value));

let day;
let texts = 0;
for (let number = 0; number < count; number += 1) {
  if (number % PER_WORLD === 0) {
    day = new Day(number);
    await day.world.pass(5_000);
  }
  const before = day.texts;
  const wrong = (await day.schedule(number)) ?? (number === EVERY - 1 ? await day.hours() : null);
  texts += day.texts - before;
  if (wrong) {
    day.world.tell({ op: "failed", schedule: number, ...wrong });
    process.exit();
  }
}
day.world.tell({ op: "ends", schedules: count, texts });
process.exit();
