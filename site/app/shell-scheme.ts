// The switch of colours in the header: as on this device, light, dark. The theme's script applies it before paint.
const KEY = "karakana-scheme";
const CHOICES = ["device", "light", "dark"] as const;
type Choice = (typeof CHOICES)[number];

/** Let a button go from one choice to the next; its label says which one holds. */
export function switchScheme(button: HTMLButtonElement): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let choice = stored();
  const show = (): void => {
    document.documentElement.dataset["scheme"] = choice !== "device" ? choice : dark.matches ? "dark" : "light";
    button.dataset["choice"] = choice;
    const label = button.dataset[choice] ?? "";
    button.title = label;
    button.setAttribute("aria-label", label);
  };
  button.addEventListener("click", () => {
    choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length] ?? "device";
    keep(choice);
    show();
  });
  dark.addEventListener("change", show);
  window.addEventListener("storage", () => {
    choice = stored();
    show();
  });
  show();
}

/** Where a browser keeps nothing, the choice holds for the page. */
function stored(): Choice {
  try {
    return CHOICES.find((one) => one === localStorage.getItem(KEY)) ?? "device";
  } catch {
    return "device";
  }
}

function keep(choice: Choice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    return;
  }
}
