// Colours and cursor moves are no part of what a text says. They are taken out whole before numbers are masked: a command with a
// mask for its number is no longer one, and its rest would be left as text. Lengths bound what is looked at.

const terminalCommand =
  /\u001B(?:\[[0-?]{0,40}[ -/]{0,8}[@-~]|\][^\u0007\u001B]{0,300}(?:\u0007|\u001B\\)?|[ -/]{0,8}[0-~])|\u009B[0-?]{0,40}[ -/]{0,8}[@-~]/g

/** `text` without commands to a terminal. */
export function withoutCommands(text: string): string {
  return text.replaceAll(terminalCommand, '')
}
