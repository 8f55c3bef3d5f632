// Runs before a page's own scripts: notes what its policy refuses, and what a payload managed to run.
window.refused = [];
window.ran = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
for (const name of ["alert", "confirm", "prompt", "open", "print"]) {
  window[name] = () => window.ran.push(name);
}
