//! The thin binary: all of it lives in the library.

fn main() -> std::process::ExitCode {
    jibu::cli::run()
}
