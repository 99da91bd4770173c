// The page's language, and the address from which the local gateway shall believe the visitor comes.
const chosen = new URLSearchParams(location.search).get("lang");
document.documentElement.lang = chosen ?? (/^ru/i.test(navigator.language) ? "ru" : "en");

const current = localStorage.getItem("demo_ip") ?? "";

// On AWS nobody believes this header; the local gateway does.
const plainFetch = window.fetch;
window.fetch = (input, init = {}) =>
  plainFetch(input, current ? { ...init, headers: { ...init.headers, "X-Forwarded-For": current } } : init);

// Another address is another person: the widget starts anew with nothing remembered.
function visitFrom(ip) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("messenger:")) localStorage.removeItem(key);
  }
  if (ip) localStorage.setItem("demo_ip", ip);
  else localStorage.removeItem("demo_ip");
  location.reload();
}

function prepareRegions() {
  const form = document.getElementById("region");
  form.elements.ip.value = current;
  for (const preset of form.querySelectorAll("[data-ip]")) {
    preset.setAttribute("aria-pressed", String(preset.dataset.ip === current));
    preset.addEventListener("click", () => visitFrom(preset.dataset.ip));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    visitFrom(form.elements.ip.value.trim());
  });
}

async function showSignIns() {
  const { people = [], password = "" } = await (await fetch("/demo.json")).json();
  document.getElementById("password").textContent = password;
  document.getElementById("signins").hidden = people.length === 0;
  for (const { name, email, home } of people) {
    const line = document.createElement("li");
    const address = document.createElement("code");
    address.textContent = email;
    line.append(address, ` ${name}${home ? ` · ${home}` : ""}`);
    document.getElementById("people").append(line);
  }
}

addEventListener("DOMContentLoaded", () => {
  prepareRegions();
  showSignIns();
});
