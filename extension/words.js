// What the extension says, in the language that the reader chose. chrome.i18n knows only the browser's own language, so the
// same files are read here.

const FOLDERS = { en: "en", "zh-CN": "zh_CN" };

/** The language to speak for an option "auto"|"en"|"zh-CN": "en" or "zh-CN". */
export function spoken(option, browsers) {
  if (option in FOLDERS) return option;
  return /^zh(?![a-z])/i.test(browsers) ? "zh-CN" : "en";
}

/** A function (name, values) -> text from one or more languages, the first that has the name; a name that none has is itself. */
export function speaker(...languages) {
  const messageOf = (name) => languages.find((messages) => Object.hasOwn(messages, name))?.[name].message;
  const word = (name, values = {}) => {
    const text = (values.n === 1 ? messageOf(`${name}_one`) : undefined) ?? messageOf(name) ?? name;
    return text.replace(/\{(\w+)\}/g, (place, key) => (key in values ? String(values[key]) : place));
  };
  word.knows = (name) => messageOf(name) !== undefined;
  return word;
}

/** The texts for the language option: a function as `speaker` makes it, with its language as `.language`. */
export async function words(option) {
  const language = spoken(option, chrome.i18n.getUILanguage());
  const [chosen, english] = await Promise.all([messages(FOLDERS[language]), messages("en")]);
  return Object.assign(speaker(chosen, english), { language });
}

async function messages(folder) {
  const file = await fetch(chrome.runtime.getURL(`_locales/${folder}/messages.json`));
  return file.json();
}
