/** Whether something looks like an IP address; the server has the last word. */

const V4 = /^\d{1,3}(\.\d{1,3}){3}$/;

export function looksLikeAddress(text: string): boolean {
  const address = text.trim();
  if (V4.test(address)) return address.split(".").every((part) => Number(part) < 256);
  return address.includes(":") && URL.canParse(`http://[${address}]`);
}
