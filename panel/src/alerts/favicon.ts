/** The tab's icon tells how much is unread, where a title is too narrow to. */

import { useEffect } from "react";
import { useUnreadTotal } from "../conversations/unread";

const SIZE = 64;
const MOST = 9;
const PLAIN = "/panel/icon.svg";

export function useFavicon(): void {
  const unread = useUnreadTotal();
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const show = () => {
      if (unread) void drawn(unread, dark.matches).then(setIcon, () => setIcon(PLAIN));
      else setIcon(PLAIN);
    };
    show();
    dark.addEventListener("change", show);
    return () => dark.removeEventListener("change", show);
  }, [unread]);
}

function setIcon(href: string): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (!link) return;
  link.type = href === PLAIN ? "image/svg+xml" : "image/png";
  link.href = href;
}

/** The icon with a disc in its corner, in the colour that the browser's own frame lets be seen. */
async function drawn(unread: number, dark: boolean): Promise<string> {
  const icon = new Image();
  icon.src = PLAIN;
  await icon.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (!pen) return PLAIN;
  pen.drawImage(icon, 0, 0, SIZE, SIZE);
  // A gap around the disc shows whatever the tab's own colour is.
  pen.globalCompositeOperation = "destination-out";
  disc(pen, 25);
  pen.globalCompositeOperation = "source-over";
  pen.fillStyle = dark ? "#ff9a6b" : "#c2471c";
  disc(pen, 21);
  pen.fillStyle = dark ? "#1d0d05" : "#fff";
  pen.font = "700 34px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(unread > MOST ? `${MOST}+` : String(unread), SIZE - 21, 23, 38);
  return canvas.toDataURL();
}

function disc(pen: CanvasRenderingContext2D, radius: number): void {
  pen.beginPath();
  pen.arc(SIZE - 21, 21, radius, 0, 2 * Math.PI);
  pen.fill();
}
