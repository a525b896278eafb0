//! The tools that are not ours, as docs/VERIFY.md says to use them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs");

/// The commands of docs/VERIFY.md with `word` in them.
pub fn commands(word: &str) -> String {
    let text = fs::read_to_string(format!("{DOCS}/VERIFY.md")).unwrap();
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split_once("```").unwrap().0);
    let mut found = blocks.filter(|block| block.contains(word));
    found.next().unwrap_or_else(|| panic!("{word}")).to_owned()
}

/// Runs `commands` in the folder `dir`. Whether they ended well, and what they said.
pub fn shell(commands: &str, dir: &Path, environment: &[(&str, &str)]) -> (bool, String) {
    let mut shell = Command::new("bash");
    shell.args(["-euo", "pipefail", "-c", commands]).current_dir(dir);
    let output = shell.envs(environment.iter().copied()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Tools that were built.
pub struct Tools {
    pub dir: tempfile::TempDir,
}

impl Tools {
    pub fn build() -> Self {
        let tools = Self { dir: tempfile::tempdir().unwrap() };
        let program = tools.program();
        let environment = [("CHECK_LOG", program.to_str().unwrap())];
        let docs = Path::new(DOCS);
        let built = shell(&commands("go build"), docs.parent().unwrap(), &environment);
        assert!(built.0, "{}", built.1);
        tools
    }

    fn program(&self) -> PathBuf {
        self.dir.path().join("check-log")
    }

    /// What Go's library says of all bundles in `releases`, and of the checkpoint `kept`.
    pub fn check_log(&self, releases: &Path, key: &str, kept: &Path) -> (bool, String) {
        self.go(&commands("*/manifest.json"), releases, key, kept)
    }

    /// The same, of what `command` names.
    pub fn go(&self, command: &str, releases: &Path, key: &str, kept: &Path) -> (bool, String) {
        let program = self.program();
        let environment = [
            ("KEY", key),
            ("KEPT", kept.to_str().unwrap()),
            ("CHECK_LOG", program.to_str().unwrap()),
        ];
        shell(command, releases, &environment)
    }
}
