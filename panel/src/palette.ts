/** The panel's colours: pine for what acts, neutral greens-greys for what stands, so that people's words stand out. */
import type { MantineColorsTuple } from "@mantine/core";

export const pine: MantineColorsTuple = [
  "#eef8f5",
  "#dcefe9",
  "#b6dfd3",
  "#8ccebb",
  "#69bfa6",
  "#53b699",
  "#3fa98a",
  "#2b8d72",
  "#17695a",
  "#0e4f43",
];

export const gray: MantineColorsTuple = [
  "#f7f9f8",
  "#eff2f0",
  "#e3e8e5",
  "#d4dbd7",
  "#bcc5c0",
  "#98a39d",
  "#717c76",
  "#4d5752",
  "#343c38",
  "#1f2522",
];

export const dark: MantineColorsTuple = [
  "#dbe2de",
  "#b4beb9",
  "#929d98",
  "#66716c",
  "#404a46",
  "#333c39",
  "#222a27",
  "#181e1c",
  "#131816",
  "#0e1311",
];
