/* Asking: the sandbox over HTTP, and people by dialogs. */
"use strict";

async function ask(method, path, body) {
  const answer = await fetch(`/sandbox${path}`, {
    method, headers: { "Content-Type": "application/json" }, body: body ? JSON.stringify(body) : undefined,
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

/* Opens a dialog; resolves to its form when it was agreed to, else to null. */
function askFor(id) {
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok" ? form : null), { once: true });
  });
}

function readFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
