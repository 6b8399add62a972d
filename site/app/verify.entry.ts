// The page that tells whether a maker's passport holds comes to life.
import { found } from "./elements";
import { Verifier } from "./passports/verifier";

new Verifier(found("karakana-verify")).start();
