/** What the screens of branches say. */

import type { Russian } from "@shared/i18n";

export const en = {
  "branches.title": "Branches",
  "branches.lead":
    "A conversation goes to one branch and is answered by its operators. Which one, the rules by region decide.",
  "branches.add": "Add branch",
  "branches.empty": "No branches yet",
  "branches.emptyHint": "Add the first one: it will take every conversation until you add more.",
  "branches.default": "Default branch",
  "branches.defaultHint": "Gets the conversations that no rule claims.",
  "branches.defaultMark": "default",
  "branches.operators": { one: "{count} operator", other: "{count} operators" },
  "branches.noOperators": "No operators",
  "branch.new": "New branch",
  "branch.back": "All branches",
  "branch.create": "Add branch",
  "branch.main": "Branch",
  "branch.nameHint": "Operators see it beside a conversation.",
  "branch.zoneHint": "Its working hours go by this clock.",
  "branch.hours": "Working hours",
  "branch.hoursHint": "Outside them nobody of this branch is given a conversation.",
  "branch.neighbours": "Neighbours",
  "branch.neighboursHint":
    "If nobody here opens a conversation in time, it goes to these branches, in this order.",
  "branch.neighboursNone": "None: conversations wait in this branch's queue.",
  "branch.neighbourAdd": "Add a neighbour",
  "branch.up": "{name}: up",
  "branch.down": "{name}: down",
  "branch.remove": "{name}: remove",
  "branch.makeDefault": "Make it the default branch",
  "branch.isDefault":
    "This is the default branch: it gets what no rule claims, so it cannot be deleted.",
  "branch.delete": "Delete branch",
  "branch.deleteTitle": "Delete the branch “{name}”?",
  "branch.deleteLead": "Its working hours go with it. Closed conversations keep its name.",
  "branch.cannotDelete": "It cannot be deleted yet. It is still used here:",
  "branch.usedOperators": { one: "{count} operator", other: "{count} operators" },
  "branch.usedRules": { one: "{count} region rule", other: "{count} region rules" },
  "branch.usedInbox": "the inbox “{name}”",
} as const;

export const ru: Russian<typeof en> = {
  "branches.title": "Филиалы",
  "branches.lead":
    "Диалог попадает в один филиал, и отвечают на него операторы этого филиала. В какой — решают правила по регионам.",
  "branches.add": "Добавить филиал",
  "branches.empty": "Филиалов пока нет",
  "branches.emptyHint": "Добавьте первый: пока он один, все диалоги будут приходить в него.",
  "branches.default": "Основной филиал",
  "branches.defaultHint": "Получает диалоги, для которых нет правила.",
  "branches.defaultMark": "основной",
  "branches.operators": {
    one: "{count} оператор",
    few: "{count} оператора",
    many: "{count} операторов",
  },
  "branches.noOperators": "Нет операторов",
  "branch.new": "Новый филиал",
  "branch.back": "Все филиалы",
  "branch.create": "Добавить филиал",
  "branch.main": "Филиал",
  "branch.nameHint": "Операторы видят его рядом с диалогом.",
  "branch.zoneHint": "По этим часам идёт рабочее время филиала.",
  "branch.hours": "Рабочее время",
  "branch.hoursHint": "В остальное время операторам филиала диалоги не назначаются.",
  "branch.neighbours": "Соседи",
  "branch.neighboursHint":
    "Если здесь никто не открыл диалог вовремя, он уходит в эти филиалы по порядку.",
  "branch.neighboursNone": "Никого: диалоги ждут в очереди этого филиала.",
  "branch.neighbourAdd": "Добавить соседа",
  "branch.up": "{name}: выше",
  "branch.down": "{name}: ниже",
  "branch.remove": "{name}: убрать",
  "branch.makeDefault": "Сделать основным",
  "branch.isDefault":
    "Это основной филиал: он получает диалоги, для которых нет правила, поэтому удалить его нельзя.",
  "branch.delete": "Удалить филиал",
  "branch.deleteTitle": "Удалить филиал «{name}»?",
  "branch.deleteLead":
    "Вместе с ним пропадёт его расписание. В закрытых диалогах название останется.",
  "branch.cannotDelete": "Пока удалить нельзя. Филиал ещё используется:",
  "branch.usedOperators": {
    one: "{count} оператор",
    few: "{count} оператора",
    many: "{count} операторов",
  },
  "branch.usedRules": {
    one: "{count} правило по регионам",
    few: "{count} правила по регионам",
    many: "{count} правил по регионам",
  },
  "branch.usedInbox": "канал «{name}»",
};
